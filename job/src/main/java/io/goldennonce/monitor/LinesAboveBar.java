package io.goldennonce.monitor;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What standard error is while a bar stands on its last line: what is printed begins where the bar
 * was, and the bar is drawn again below it.
 */
final class LinesAboveBar extends OutputStream {
  /** Takes a terminal back to the begin of its line, and clears it. */
  static final String CLEAR_LINE = "\r\u001b[K";

  private static final byte[] CLEAR = CLEAR_LINE.getBytes(StandardCharsets.US_ASCII);

  private final PrintStream terminal;
  private boolean atStart = true;

  LinesAboveBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    int clear = atStart ? CLEAR.length : 0;
    byte[] all = Arrays.copyOf(CLEAR, clear + length);
    System.arraycopy(bytes, offset, all, clear, length);
    // At once, as another thread draws the bar.
    terminal.write(all, 0, all.length);
    atStart = bytes[offset + length - 1] == '\n';
  }

  @Override
  public void flush() {
    terminal.flush();
  }
}
