package io.goldennonce.pow;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * The expected number of hashes behind a chain, by which branches are compared: the sum over its
 * blocks of 2^256 / (target + 1), each rounded down.
 *
 * @param number 0 to 2^256 − 1
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/v28.0/src/chain.cpp">Bitcoin Core,
 *     GetBlockProof</a>
 */
public record ChainWork(BigInteger number) implements Comparable<ChainWork>, Serializable {
  private static final int BITS = 256;

  /** The work of a chain without blocks: 0. */
  public static final ChainWork ZERO = new ChainWork(BigInteger.ZERO);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException outside 0 to 2^256 − 1
   */
  public ChainWork {
    if (number.signum() < 0 || number.bitLength() > BITS) {
      throw new IllegalArgumentException(
          "chain work must be from 0 to 2^256 - 1, got " + number.toString(16) + " (hex)");
    }
  }

  /**
   * Returns the expected number of hashes for one block: 2^256 / (target + 1), rounded down.
   *
   * @throws IllegalArgumentException if the target is 0, whose work exceeds 2^256 − 1
   */
  public static ChainWork ofTarget(Target target) {
    BigInteger hashes = target.toNumber().add(BigInteger.ONE);
    return new ChainWork(BigInteger.ONE.shiftLeft(BITS).divide(hashes));
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
   * Returns the sum of both.
   *
   * @throws IllegalArgumentException if it exceeds 2^256 − 1
   */
  public ChainWork plus(ChainWork other) {
    return new ChainWork(number.add(other.number));
  }

  /**
   * Returns 64 lower-case hex digits, most significant first, like {@code chainwork} in Bitcoin's
   * RPC. Their order as text is the order of the numbers.
   */
  public String toHex() {
    return String.format("%064x", number);
  }

  @Override
  public int compareTo(ChainWork other) {
    return number.compareTo(other.number);
  }

  /** As {@link #toHex()}. */
  @Override
  public String toString() {
    return toHex();
  }
}
