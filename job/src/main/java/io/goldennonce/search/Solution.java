package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.util.Optional;

/**
 * A position that was confirmed by other code than the kernel's: a solution, or the lowest hash in
 * a search for that.
 *
 * @param position where in the keyspace
 * @param variant which variant of the template
 * @param nonce which nonce of it, as it stands in the message
 * @param hash the hash, as a number that is read the way the template orders it
 */
public record Solution(long position, long variant, long nonce, Hash256 hash) {

  /**
   * Hashes the message at a position with {@code MessageDigest} and compares it with the target.
   *
   * @return the solution, or nothing if the hash is above the target, or does not begin with the
   *     template's pattern
   */
  public static Optional<Solution> confirm(SearchSpec spec, long position) {
    return spec.target().isMetBy(spec.distanceAt(position))
        ? Optional.of(at(spec, position))
        : Optional.empty();
  }

  /** What is at a position, hashed with {@code MessageDigest}, whether it meets a target or not. */
  public static Solution at(SearchSpec spec, long position) {
    SearchTemplate template = spec.template();
    long variant = template.variantAt(position);
    long nonce = template.variant(variant).writtenNonce(template.nonceAt(position));
    return new Solution(position, variant, nonce, spec.hashAt(position));
  }
}
