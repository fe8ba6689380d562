package io.goldennonce.kernel;

import java.util.Arrays;

/**
 * The most significant word of the digest, which decides nearly every comparison with a bound: the
 * first of the eight words, or the last with its bytes reversed.
 *
 * @param index its index in the digest: 0 or 7
 * @param rounds number of rounds of the last block that determine it
 * @param reversed whether its last byte is the most significant
 */
public record TopWord(int index, int rounds, boolean reversed) {
  /** The last word is the working variable h, which after round 64 is the e of round 61. */
  private static final TopWord LAST = new TopWord(7, 61, true);

  private static final TopWord FIRST = new TopWord(0, 64, false);

  /** Returns the most significant word in an order. */
  public static TopWord of(HashOrder order) {
    return order == HashOrder.LITTLE_ENDIAN ? LAST : FIRST;
  }

  /**
   * Returns the bits of this word, as SHA-256 computes it, that are zero in every hash at or below
   * a bound. A hash with these bits zero may still be above the bound.
   *
   * @param bound 32 bytes, most significant first
   */
  public int mask(byte[] bound) {
    int zeros = leadingZeros(bound);
    int mask = zeros == 0 ? 0 : -1 << (Integer.SIZE - zeros);
    return reversed ? Integer.reverseBytes(mask) : mask;
  }

  /** Returns the highest bound with a number of leading zero bits, 0 to 255: 32 bytes. */
  public static byte[] bound(int zeroBits) {
    byte[] bound = new byte[32];
    Arrays.fill(bound, zeroBits / 8, bound.length, (byte) 0xff);
    bound[zeroBits / 8] = (byte) (0xff >>> zeroBits % 8);
    return bound;
  }

  /** Returns a pattern's bits in this word, as SHA-256 computes it. */
  public int of(byte[] pattern) {
    int word = first(pattern);
    return reversed ? Integer.reverseBytes(word) : word;
  }

  /** Returns the number of leading zero bits of a bound, at most 32. */
  public static int leadingZeros(byte[] bound) {
    return Integer.numberOfLeadingZeros(first(bound));
  }

  private static int first(byte[] number) {
    return (number[0] & 0xff) << 24
        | (number[1] & 0xff) << 16
        | (number[2] & 0xff) << 8
        | (number[3] & 0xff);
  }
}
