package io.goldennonce.search;

import io.goldennonce.kernel.NonceTemplate;
import java.io.Serializable;

/**
 * What positions mean: a family of messages, the variants, that each take the same {@code n} nonces
 * from the first one on. Position {@code p} is nonce {@code firstNonce + p mod n} of variant {@code
 * p div n}, so one linear keyspace runs past the nonce into extranonce or time. Immutable and
 * small: it travels to every task.
 */
public interface SearchTemplate extends Serializable {
  /**
   * The message of one variant.
   *
   * @param variant 0 to {@code variants()} − 1
   */
  NonceTemplate variant(long variant);

  /** How many variants there are, at least 1. */
  long variants();

  /** How many nonces each variant takes; where a version rolls, it is their low digits. */
  default long noncesPerVariant() {
    return variant(0).nonces();
  }

  /** The lowest nonce of each variant. */
  default long firstNonce() {
    return 0;
  }

  /** The variant that a position belongs to. */
  default long variantAt(long position) {
    return position / noncesPerVariant();
  }

  /** The nonce that a position stands for, with the version where one rolls. */
  default long nonceAt(long position) {
    return firstNonce() + position % noncesPerVariant();
  }

  /**
   * A text that is the same for the same family and for no other: the search's id comes from it.
   */
  String canonicalText();

  /** Every position there is; cut off at 2⁶³−1 where there would be more. */
  default NonceRange keyspace() {
    long nonces = noncesPerVariant();
    long positions = variants() > Long.MAX_VALUE / nonces ? Long.MAX_VALUE : variants() * nonces;
    return new NonceRange(0, positions);
  }
}
