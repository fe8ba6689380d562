package io.goldennonce.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;

/** Prints, and remembers what it has printed. */
final class TranscriptWriter extends FilterWriter {
  private final StringWriter copy = new StringWriter();

  TranscriptWriter(Writer printer) {
    super(printer);
  }

  /** One that flushes with each line. */
  PrintWriter printer() {
    return new PrintWriter(this, true);
  }

  /** All that was printed. */
  String printed() {
    return copy.toString();
  }

  @Override
  public void write(int character) throws IOException {
    super.write(character);
    copy.write(character);
  }

  @Override
  public void write(char[] characters, int from, int length) throws IOException {
    super.write(characters, from, length);
    copy.write(characters, from, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    super.write(text, from, length);
    copy.write(text, from, length);
  }
}
