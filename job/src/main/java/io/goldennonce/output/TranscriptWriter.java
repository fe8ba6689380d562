package io.goldennonce.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Prints, and holds a copy of the end of what it printed. */
public final class TranscriptWriter extends Writer {
  /** Minimum number of characters to hold. The output of endless mining is unlimited. */
  public static final int KEPT = 1 << 20;

  private final Writer printer;
  private final StringBuilder copy = new StringBuilder();

  public TranscriptWriter(Writer printer) {
    this.printer = printer;
  }

  /** A printer to this writer that flushes after each line. */
  public PrintWriter printer() {
    return new PrintWriter(this, true);
  }

  /** All that was printed, or the end of it. */
  public String printed() {
    return copy.toString();
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    printer.write(characters, from, length);
    copy.append(characters, from, length);
    if (copy.length() > 2 * KEPT) {
      copy.delete(0, copy.length() - KEPT);
    }
  }

  @Override
  public void flush() throws IOException {
    printer.flush();
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
