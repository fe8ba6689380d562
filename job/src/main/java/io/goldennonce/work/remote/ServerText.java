package io.goldennonce.work.remote;

/** Makes a server's text safe to print in one line. */
public final class ServerText {
  private static final int MAX_LENGTH = 200;

  private ServerText() {}

  /** Returns the first line of a text, without control characters, cut at 200 characters. */
  public static String line(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    if (line.length() > MAX_LENGTH) {
      int end =
          Character.isHighSurrogate(line.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
      line = line.substring(0, end) + "…";
    }
    StringBuilder shown = new StringBuilder();
    line.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
