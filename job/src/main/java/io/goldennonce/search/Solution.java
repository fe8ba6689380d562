package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.util.Optional;

/**
 * A position whose hash was computed by code other than the kernel's: a solution, or the lowest
 * hash in a search for that.
 *
 * @param variant the template's variant
 * @param nonce the nonce as written into the message
 * @param hash the hash, in the template's byte order
 */
public record Solution(long position, long variant, long nonce, Hash256 hash) {

  /**
   * Hashes the message at a position with {@code MessageDigest} and compares it with the target.
   *
   * @return empty if the hash is above the target or does not start with the template's pattern
   */
  public static Optional<Solution> confirm(SearchSpec spec, long position) {
    return spec.target().isMetBy(spec.distanceAt(position))
        ? Optional.of(at(spec, position))
        : Optional.empty();
  }

  /**
   * Hashes the message at a position with {@code MessageDigest}, whether it meets the target or
   * not.
   */
  public static Solution at(SearchSpec spec, long position) {
    SearchTemplate template = spec.template();
    long variant = template.variantAt(position);
    long nonce = template.variant(variant).writtenNonce(template.nonceAt(position));
    return new Solution(position, variant, nonce, spec.hashAt(position));
  }
}
