package io.goldennonce.search;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
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
    long nonces = spec.template().noncesPerVariant();
    long variant = position / nonces;
    long nonce = position % nonces;
    var template = spec.template().variant(variant);
    byte[] message = template.message(nonce);
    Hash256 digest =
        template.function() == HashFunction.SHA256D
            ? Hash256.sha256d(message)
            : Hash256.sha256(message);
    // Hash256 reads the last byte as the most significant, as Bitcoin does.
    Hash256 hash = template.order() == HashOrder.LAST_BYTE_HIGH ? digest : digest.reversed();
    return spec.target().isMetBy(hash)
        ? Optional.of(new Found(position, variant, nonce, hash))
        : Optional.empty();
  }
}
