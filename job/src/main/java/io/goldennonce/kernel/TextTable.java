package io.goldennonce.kernel;

/**
 * The last characters of text nonces, as message words. Nonces that differ only in them have
 * consecutive entries, so that a vector of nonces is one load.
 *
 * @param size the number of values of these characters: nonce {@code n} has entry {@code n mod
 *     size}
 * @param words for each value, its last four bytes in the message as a big-endian word, then {@link
 *     #PADDING} zeros; a byte that is the same in all entries is zero
 * @param shortest the lowest nonce with that many characters; 0 if all have
 */
@SuppressWarnings("ArrayRecordComponent") // shared by the classes of this package, never compared
public record TextTable(int size, int[] words, long shortest) {
  /** Maximum number of lanes by which a kernel's last group may exceed the last value. */
  public static final int PADDING = 512;

  /** Four decimal digits. */
  private static final class Decimal {
    static final TextTable TABLE = of("0123456789", 4, 10_000, 1, 1000);
  }

  /** Four hex digits. */
  private static final class Hex {
    static final TextTable TABLE = of("0123456789abcdef", 4, 1 << 16, 1, 0x1000);
  }

  /** Three base64 characters; the last two of their 18 bits are not part of the nonce. */
  private static final class Base64 {
    static final TextTable TABLE =
        of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 3, 1 << 16, 4, 0);
  }

  /**
   * Returns the table of an encoding.
   *
   * @throws IllegalArgumentException if it is binary
   */
  public static TextTable of(NonceEncoding encoding) {
    return switch (encoding) {
      case DECIMAL -> Decimal.TABLE;
      case HEX -> Hex.TABLE;
      case BASE64 -> Base64.TABLE;
      case U32_BE, U32_LE, U64_BE, U64_LE ->
          throw new IllegalArgumentException("the encoding must be text, got " + encoding);
    };
  }

  private static TextTable of(String digits, int characters, int size, int factor, long shortest) {
    int[] words = new int[size + PADDING];
    for (int value = 0; value < size; value++) {
      int rest = value * factor;
      for (int i = 0; i < characters; i++) {
        words[value] |= digits.charAt(rest % digits.length()) << (Byte.SIZE * i);
        rest /= digits.length();
      }
    }
    return new TextTable(size, words, shortest);
  }
}
