package io.goldennonce.search;

import io.goldennonce.kernel.NonceTemplate;
import java.io.Serializable;

/**
 * Maps positions to messages. A template has variants, such as extranonces or times, that take the
 * same {@code n} nonces each: position {@code p} is nonce {@code firstNonce + p mod n} of variant
 * {@code p div n}. Immutable and small, since it is sent to every task.
 */
public interface SearchTemplate extends Serializable {
  /**
   * Returns the message of a variant.
   *
   * @param variant 0 to {@code variants()} − 1
   */
  NonceTemplate variant(long variant);

  /** Returns the number of variants, at least 1. */
  long variants();

  /** Returns the number of nonces per variant, times the number of versions where versions roll. */
  default long noncesPerVariant() {
    return variant(0).nonces();
  }

  default long firstNonce() {
    return 0;
  }

  default long variantAt(long position) {
    return position / noncesPerVariant();
  }

  /** Returns the nonce of a position, including the version where versions roll. */
  default long nonceAt(long position) {
    return firstNonce() + position % noncesPerVariant();
  }

  /** Returns a text that identifies the template; a search's id is computed from it. */
  String canonicalText();

  /** Returns all positions, at most 2⁶³−1. */
  default NonceRange keyspace() {
    long nonces = noncesPerVariant();
    long positions = variants() > Long.MAX_VALUE / nonces ? Long.MAX_VALUE : variants() * nonces;
    return new NonceRange(0, positions);
  }
}
