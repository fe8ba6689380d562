package io.goldennonce.kernel;

/**
 * The digest's most significant word, which decides nearly every comparison with a bound: the first
 * of the eight words, or the last with its bytes reversed.
 *
 * @param index which of the digest's words: 0 or 7
 * @param rounds how many rounds of the last block settle it
 * @param reversed whether the word's most significant byte is its last
 */
public record TopWord(int index, int rounds, boolean reversed) {
  /** The last word is the working variable h, and what is h after round 64 was e after round 61. */
  private static final TopWord LAST = new TopWord(7, 61, true);

  private static final TopWord FIRST = new TopWord(0, 64, false);

  /** The word that is the most significant in an order. */
  public static TopWord of(HashOrder order) {
    return order == HashOrder.LITTLE_ENDIAN ? LAST : FIRST;
  }

  /**
   * The bits of this word, as SHA-256 computes it, that are zero in every hash at or below a bound.
   * A word that has them zero may still be above the bound.
   *
   * @param bound 32 bytes, most significant first
   */
  public int mask(byte[] bound) {
    int zeros = leadingZeros(bound);
    int mask = zeros == 0 ? 0 : -1 << (Integer.SIZE - zeros);
    return reversed ? Integer.reverseBytes(mask) : mask;
  }

  /** A pattern's bits in this word, as SHA-256 computes it. */
  public int of(byte[] pattern) {
    int word = first(pattern);
    return reversed ? Integer.reverseBytes(word) : word;
  }

  /** The zero bits at the start of a bound's first 32 bits. */
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
