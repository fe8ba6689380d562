package io.goldennonce.api;

import io.goldennonce.pow.CompactBits;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The greatest hash that is a solution, as a number from 0 to 2²⁵⁶−1. The first byte of a message's
 * hash is the most significant, and the last one of a header's. Immutable.
 */
public final class Target {
  private final io.goldennonce.pow.Target target;

  private Target(io.goldennonce.pow.Target target) {
    this.target = target;
  }

  /**
   * The target of hashes with at least this number of leading zero bits.
   *
   * @param bits 0 to 256
   * @throws IllegalArgumentException on any other number
   */
  public static Target ofZeroBits(int bits) {
    return new Target(io.goldennonce.pow.Target.ofZeroBits(bits));
  }

  /**
   * A target in hex.
   *
   * @param hex 1 to 64 hex digits, the most significant first
   * @throws IllegalArgumentException on any other text
   */
  public static Target ofHex(String hex) {
    return new Target(io.goldennonce.pow.Target.ofHex(hex));
  }

  /**
   * The target of a Bitcoin header's bits.
   *
   * @param hex 8 hex digits as Bitcoin displays them, such as {@code 1d00ffff}
   * @throws IllegalArgumentException on any other text, and on bits that Bitcoin refuses
   */
  public static Target ofBits(String hex) {
    return new Target(CompactBits.ofHex(hex).toTarget());
  }

  /**
   * The target of Bitcoin's difficulty, rounded down.
   *
   * @param difficulty more than 0; that of bits {@code 1d00ffff} is 1
   * @throws IllegalArgumentException if it is not, or the target would be 0
   */
  public static Target ofDifficulty(double difficulty) {
    return new Target(io.goldennonce.pow.Target.ofDifficulty(difficulty));
  }

  /**
   * A target as a number.
   *
   * @param number 0 to 2²⁵⁶−1
   * @throws IllegalArgumentException outside that range
   */
  public static Target of(BigInteger number) {
    return new Target(io.goldennonce.pow.Target.of(number));
  }

  io.goldennonce.pow.Target target() {
    return target;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Target that && target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  /** Returns 64 hex digits, the most significant first. */
  @Override
  public String toString() {
    return target.toString();
  }
}
