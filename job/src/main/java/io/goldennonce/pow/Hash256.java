package io.goldennonce.pow;

import io.goldennonce.base.Sha256Digest;
import java.io.Serializable;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 256-bit hash. Its bytes are in digest order, as SHA-256 produces and Bitcoin sends them; as a
 * number, and as Bitcoin displays it, the last byte is the most significant (Bitcoin Core, {@code
 * src/uint256.h}). Ordered as the numbers are.
 */
public final class Hash256 implements Comparable<Hash256>, Serializable {
  private static final long serialVersionUID = 1;

  private static final int BYTES = 32;
  private static final String WHAT = "a hash";

  /** All bits zero: the previous hash of a first block. */
  public static final Hash256 ZERO = new Hash256(new byte[BYTES]);

  private final byte[] digest;

  private Hash256(byte[] digest) {
    this.digest = digest;
  }

  /**
   * From bytes in digest order.
   *
   * @param digest 32 bytes; copied
   * @throws IllegalArgumentException on any other length
   */
  public static Hash256 ofBytes(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException(
          WHAT + " must have " + BYTES + " bytes, got " + digest.length);
    }
    return new Hash256(digest.clone());
  }

  /**
   * From hex in digest order.
   *
   * @param hex 64 hex digits
   * @throws IllegalArgumentException if it is not 64 hex digits
   */
  public static Hash256 ofHex(String hex) {
    return new Hash256(Hex.parse(WHAT, hex, BYTES));
  }

  /**
   * From hex as Bitcoin displays it: most significant digit first, so the bytes are reversed.
   *
   * @param hex 64 hex digits
   * @throws IllegalArgumentException if it is not 64 hex digits
   */
  public static Hash256 ofDisplay(String hex) {
    return new Hash256(reverse(Hex.parse(WHAT, hex, BYTES)));
  }

  /** SHA-256 of a message. */
  public static Hash256 sha256(byte[] message) {
    return new Hash256(Sha256Digest.create().digest(message));
  }

  /** SHA-256 of the SHA-256 of a message: Bitcoin's hash of headers and transactions. */
  public static Hash256 sha256d(byte[] message) {
    MessageDigest sha256 = Sha256Digest.create();
    return new Hash256(sha256.digest(sha256.digest(message)));
  }

  /** The 32 bytes in digest order: a copy. */
  public byte[] toBytes() {
    return digest.clone();
  }

  /** 64 lower-case hex digits in digest order. */
  public String toHex() {
    return Hex.format(digest);
  }

  /** 64 lower-case hex digits as Bitcoin displays them: most significant first, bytes reversed. */
  public String toDisplay() {
    return Hex.format(reverse(digest));
  }

  /** The number that a target bounds: the last byte in digest order is the most significant. */
  public BigInteger toNumber() {
    return new BigInteger(1, reverse(digest));
  }

  /** The number of leading zero bits of that number, 0 to 256. */
  public int leadingZeroBits() {
    return Byte.SIZE * BYTES - toNumber().bitLength();
  }

  /** The hash with its bytes reversed, for formats whose first byte is the most significant. */
  public Hash256 reversed() {
    return new Hash256(reverse(digest));
  }

  /** Compares the numbers. */
  @Override
  public int compareTo(Hash256 other) {
    for (int i = BYTES - 1; i >= 0; i--) {
      int order = Byte.compareUnsigned(digest[i], other.digest[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash256 that && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** As {@link #toDisplay()}. */
  @Override
  public String toString() {
    return toDisplay();
  }

  private static byte[] reverse(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
