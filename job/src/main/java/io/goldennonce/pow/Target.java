package io.goldennonce.pow;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The upper bound that a proof of work must meet: a hash meets it if, as a number, it is at most
 * the target. From 0 (only the hash 0 meets it) to 2^256 − 1 (every hash does).
 */
public final class Target implements Comparable<Target>, Serializable {
  private static final long serialVersionUID = 1;

  private static final int BITS = 256;
  private static final int HEX_DIGITS = BITS / 4;

  /** The target of difficulty 1, that of bits {@code 1d00ffff}: 0xffff · 2^208. */
  static final BigDecimal DIFFICULTY_1 = new BigDecimal(BigInteger.valueOf(0xffff).shiftLeft(208));

  private final BigInteger number;

  private Target(BigInteger number) {
    this.number = number;
  }

  /**
   * From the number itself.
   *
   * @param number 0 to 2^256 − 1
   * @throws IllegalArgumentException outside that range
   */
  public static Target of(BigInteger number) {
    if (number.signum() < 0 || number.bitLength() > BITS) {
      throw new IllegalArgumentException(
          "a target must be from 0 to 2^256 - 1, got " + number.toString(16) + " (hex)");
    }
    return new Target(number);
  }

  /**
   * The target of hashes with at least {@code zeroBits} leading zero bits: 2^(256 − n) − 1.
   *
   * @param zeroBits 0 to 256
   * @throws IllegalArgumentException outside that range
   */
  public static Target ofZeroBits(int zeroBits) {
    if (zeroBits < 0 || zeroBits > BITS) {
      throw new IllegalArgumentException(
          "a difficulty must be from 0 to 256 leading zero bits, got " + zeroBits);
    }
    return new Target(BigInteger.ONE.shiftLeft(BITS - zeroBits).subtract(BigInteger.ONE));
  }

  /**
   * The target of a difficulty: that of bits {@code 1d00ffff} divided by it, rounded down, and at
   * most 2^256 − 1.
   *
   * @param difficulty more than 0, and small enough that the target is not 0
   * @throws IllegalArgumentException if it is not
   */
  public static Target ofDifficulty(double difficulty) {
    if (difficulty > 0 && difficulty <= Double.MAX_VALUE) {
      BigInteger number =
          DIFFICULTY_1.divide(new BigDecimal(difficulty), 0, RoundingMode.DOWN).toBigInteger();
      if (number.signum() > 0) {
        return new Target(number.min(ofZeroBits(0).number));
      }
    }
    throw new IllegalArgumentException(
        "a difficulty must be more than 0 and less than 2^224, got " + difficulty);
  }

  /**
   * From hex, most significant digit first; leading zeros may be left out.
   *
   * @param hex 1 to 64 hex digits
   * @throws IllegalArgumentException on any other text
   */
  public static Target ofHex(String hex) {
    Hex.requireDigits("a target", hex);
    if (hex.isEmpty() || hex.length() > HEX_DIGITS) {
      throw new IllegalArgumentException(
          "a target must have 1 to 64 hex digits, got " + hex.length());
    }
    return new Target(new BigInteger(hex, 16));
  }

  /** 32 bytes, most significant first (the opposite of a hash's digest order). */
  public byte[] toBytes() {
    byte[] bytes = new byte[BITS / 8];
    byte[] signed = number.toByteArray();
    int length = Math.min(signed.length, bytes.length);
    System.arraycopy(signed, signed.length - length, bytes, bytes.length - length, length);
    return bytes;
  }

  /** The number itself: 0 to 2^256 − 1. */
  public BigInteger toNumber() {
    return number;
  }

  /** Whether the hash, as the number Bitcoin reads in it, is at most this target. */
  public boolean isMetBy(Hash256 hash) {
    return hash.toNumber().compareTo(number) <= 0;
  }

  /** Returns the probability that one hash meets the target: (target + 1) / 2^256, at most 1. */
  public double probability() {
    return Math.scalb(number.add(BigInteger.ONE).doubleValue(), -BITS);
  }

  /** Compares the numbers: a lower target is harder. */
  @Override
  public int compareTo(Target other) {
    return number.compareTo(other.number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Target that && number.equals(that.number);
  }

  @Override
  public int hashCode() {
    return number.hashCode();
  }

  /** 64 lower-case hex digits, most significant first. */
  @Override
  public String toString() {
    return Hex.format(toBytes());
  }
}
