package io.goldennonce.pow;

import java.util.HexFormat;

/** Converts between hex and bytes, with errors that say what is wrong and where. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** Lower-case hex digits, two per byte, first byte first. */
  static String format(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /**
   * Parses exactly the given number of bytes, two hex digits each, in upper or lower case.
   *
   * @param what the value's name with its article, for error messages
   * @throws IllegalArgumentException on a character that is not a hex digit, and on any other
   *     length
   */
  static byte[] parse(String what, String text, int bytes) {
    requireDigits(what, text);
    if (text.length() != 2 * bytes) {
      String got = text.length() % 2 == 0 ? "" + text.length() / 2 : text.length() + " digits";
      throw new IllegalArgumentException(
          what + " must have " + bytes + " bytes (" + 2 * bytes + " hex digits), got " + got);
    }
    return FORMAT.parseHex(text);
  }

  static void requireDigits(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!HexFormat.isHexDigit(c)) {
        String shown = c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
        throw new IllegalArgumentException(
            what + " must be hex digits, got " + shown + " at digit " + (i + 1));
      }
    }
  }
}
