package io.goldennonce.pow;

import java.io.Serializable;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A target in the 32 bits of a header's {@code bits} field: the top byte is a length in bytes, then
 * come a sign bit and a 23-bit mantissa, so that the target is mantissa · 256^(length − 3). Values
 * that Bitcoin's proof-of-work check rejects (negative, zero, or over 256 bits) cannot be created.
 *
 * <p>Some targets have several such forms; two values are equal when all 32 bits are.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/v28.0/src/arith_uint256.cpp">Bitcoin Core,
 *     SetCompact and GetCompact; the refusals are those of CheckProofOfWork in src/pow.cpp</a>
 */
public final class CompactBits implements Serializable {
  private static final long serialVersionUID = 1;

  private static final long SIGN = 0x0080_0000L;
  private static final long MANTISSA = 0x007f_ffffL;
  private static final String WHAT = "a compact target";

  private final long value;

  private CompactBits(long value) {
    this.value = value;
  }

  /**
   * From the field's value.
   *
   * @param value 0 to 2^32 − 1
   * @throws IllegalArgumentException outside that range, and if the target is negative, zero or
   *     over 256 bits
   */
  public static CompactBits of(long value) {
    Unsigned.requireU32(WHAT, value);
    long word = word(value);
    int length = length(value);
    if (word == 0) {
      throw refused("must not be zero", value);
    }
    if ((value & SIGN) != 0) {
      throw refused("must not be negative (its sign bit, 00800000, is set)", value);
    }
    if (length > 34 || (word > 0xff && length > 33) || (word > 0xffff && length > 32)) {
      throw refused("must not overflow 256 bits", value);
    }
    return new CompactBits(value);
  }

  /**
   * From hex as Bitcoin displays bits, such as {@code 1d00ffff}: most significant digit first.
   *
   * @param hex 8 hex digits
   * @throws IllegalArgumentException on any other text, and as {@link #of(long)}
   */
  public static CompactBits ofHex(String hex) {
    return of(new BigInteger(1, Hex.parse(WHAT, hex, 4)).longValue());
  }

  /**
   * The largest target with compact bits that is not above the given one, as Bitcoin's GetCompact
   * rounds: a block that meets it meets the given target too.
   *
   * @throws IllegalArgumentException if the target is 0, which has no compact bits
   */
  public static CompactBits nearest(Target target) {
    BigInteger number = target.toNumber();
    if (number.signum() == 0) {
      throw new IllegalArgumentException("a target must be at least 1 to have compact bits, got 0");
    }
    int length = (number.bitLength() + 7) / 8;
    // A negative distance shifts to the left.
    long mantissa = number.shiftRight(8 * (length - 3)).longValue();
    if ((mantissa & SIGN) != 0) {
      mantissa >>= 8;
      length++;
    }
    return of((long) length << 24 | mantissa);
  }

  /** The target that these bits stand for: 1 to 2^256 − 1. */
  public Target toTarget() {
    return Target.of(BigInteger.valueOf(word(value)).shiftLeft(8 * Math.max(0, length(value) - 3)));
  }

  /** The 32 bits as a number: 1 to 2^32 − 1. */
  public long value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompactBits that && value == that.value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  /** 8 lower-case hex digits, most significant first. */
  @Override
  public String toString() {
    return hex(value);
  }

  private static int length(long value) {
    return (int) (value >>> 24);
  }

  /** The mantissa, less the low bytes that a length under 3 cuts off. */
  private static long word(long value) {
    return (value & MANTISSA) >>> (8 * Math.max(0, 3 - length(value)));
  }

  private static String hex(long value) {
    return String.format("%08x", value);
  }

  private static IllegalArgumentException refused(String rule, long value) {
    return new IllegalArgumentException(WHAT + " " + rule + ", got " + hex(value));
  }
}
