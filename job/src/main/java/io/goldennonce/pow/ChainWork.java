package io.goldennonce.pow;

import java.io.Serializable;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The expected number of hashes behind a chain, by which branches are compared: the sum over its
 * blocks of 2^256 / (target + 1), each rounded down. From 0 to 2^256 − 1.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/v28.0/src/chain.cpp">Bitcoin Core,
 *     GetBlockProof</a>
 */
public final class ChainWork implements Comparable<ChainWork>, Serializable {
  private static final long serialVersionUID = 1;

  private static final int BITS = 256;

  /** The work of a chain without blocks: 0. */
  public static final ChainWork ZERO = new ChainWork(BigInteger.ZERO);

  private final BigInteger number;

  private ChainWork(BigInteger number) {
    this.number = number;
  }

  /**
   * The expected number of hashes for one block: 2^256 / (target + 1), rounded down; at least 1.
   *
   * @throws IllegalArgumentException if the target is 0, whose work exceeds 2^256 − 1
   */
  public static ChainWork ofTarget(Target target) {
    return checked(BigInteger.ONE.shiftLeft(BITS).divide(target.toNumber().add(BigInteger.ONE)));
  }

  /**
   * From what {@link #toHex()} gives.
   *
   * @param hex 64 hex digits, most significant first
   * @throws IllegalArgumentException on any other text
   */
  public static ChainWork ofHex(String hex) {
    return new ChainWork(new BigInteger(1, Hex.parse("chain work", hex, BITS / 8)));
  }

  /**
   * The sum of both.
   *
   * @throws IllegalArgumentException if it exceeds 2^256 − 1
   */
  public ChainWork plus(ChainWork other) {
    return checked(number.add(other.number));
  }

  /**
   * 64 lower-case hex digits, most significant first, as {@code chainwork} in Bitcoin's RPC: their
   * order as text is the order of the numbers.
   */
  public String toHex() {
    return String.format("%064x", number);
  }

  /** The number of hashes: 0 to 2^256 − 1. */
  public BigInteger toNumber() {
    return number;
  }

  @Override
  public int compareTo(ChainWork other) {
    return number.compareTo(other.number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChainWork that && number.equals(that.number);
  }

  @Override
  public int hashCode() {
    return number.hashCode();
  }

  /** As {@link #toHex()}. */
  @Override
  public String toString() {
    return toHex();
  }

  private static ChainWork checked(BigInteger number) {
    if (number.bitLength() > BITS) {
      throw new IllegalArgumentException(
          "chain work must be at most 2^256 - 1, got " + number.toString(16) + " (hex)");
    }
    return new ChainWork(number);
  }
}
