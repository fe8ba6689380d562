package io.goldennonce.output;

/**
 * Text of strangers as a terminal may have it: one line, and nothing in it that moves the cursor,
 * sets a title or changes the direction of what is shown.
 */
public final class Printable {
  private Printable() {}

  /**
   * The text with control characters as {@code \x1b}, others that can't be seen as {@code \u202e}.
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

  /** Line and paragraph separators, marks of direction, halves of a surrogate pair. */
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
