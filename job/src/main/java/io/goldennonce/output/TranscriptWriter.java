package io.goldennonce.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Prints, and remembers the end of what it has printed. */
public final class TranscriptWriter extends FilterWriter {
  /**
   * Characters remembered at least, more than any search prints: what mines for ever has no end.
   */
  public static final int KEPT = 1 << 20;

  private final StringBuilder copy = new StringBuilder();

  public TranscriptWriter(Writer printer) {
    super(printer);
  }

  /** One that flushes with each line. */
  public PrintWriter printer() {
    return new PrintWriter(this, true);
  }

  /** All that was printed, or the end of it. */
  public String printed() {
    return copy.toString();
  }

  @Override
  public void write(int character) throws IOException {
    super.write(character);
    remember(String.valueOf((char) character));
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    super.write(characters, from, length);
    remember(String.valueOf(characters, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    super.write(text, from, length);
    remember(text.substring(from, from + length));
  }

  private void remember(String text) {
    copy.append(text);
    if (copy.length() > 2 * KEPT) {
      copy.delete(0, copy.length() - KEPT);
    }
  }
}
