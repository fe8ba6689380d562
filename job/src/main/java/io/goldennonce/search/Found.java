package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.util.Optional;

/**
 * A solution that was confirmed by other code than the kernel's.
 *
 * @param position where in the keyspace
 * @param variant which variant of the template
 * @param nonce which nonce of it
 * @param hash the hash, as a number that is read the way the template orders it
 */
public record Found(long position, long variant, long nonce, Hash256 hash) {

  /**
   * Hashes the message at a position with {@code MessageDigest} and compares it with the target.
   *
   * @return the solution, or nothing if the hash is above the target
   */
  public static Optional<Found> confirm(SearchSpec spec, long position) {
    Hash256 hash = spec.hashAt(position);
    long nonces = spec.template().noncesPerVariant();
    return spec.target().isMetBy(hash)
        ? Optional.of(new Found(position, position / nonces, position % nonces, hash))
        : Optional.empty();
  }
}
