package io.goldennonce.output;

/**
 * Makes untrusted text safe for a terminal: one line, without characters that move the cursor, set
 * a title or change the direction of text.
 */
public final class Printable {
  private Printable() {}

  /**
   * Escapes control characters, such as {@code \x1b}, and invisible ones, such as {@code \u202e}.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point) {
    if (Character.getType(point) == Character.CONTROL) {
      shown.append(String.format("\\x%02x", point));
    } else if (isInvisible(point)) {
      shown.append(String.format("\\u%04x", point));
    } else {
      shown.appendCodePoint(point);
    }
  }

  /**
   * Whether it is a line or paragraph separator, a directional mark, or half of a surrogate pair.
   */
  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
      default ->
          point == 0x061C
              || (point >= 0x200E && point <= 0x200F)
              || (point >= 0x202A && point <= 0x202E)
              || (point >= 0x2066 && point <= 0x2069);
    };
  }
}
