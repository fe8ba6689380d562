package io.goldennonce.monitor.terminal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Standard error while a bar is on its last line: output replaces the bar, which is redrawn below
 * it.
 */
final class LinesAboveBar extends OutputStream {
  /** Takes a terminal back to the start of its line, and clears it. */
  private static final String CLEAR_LINE = "\r\u001b[K";

  private static final byte[] CLEAR = CLEAR_LINE.getBytes(StandardCharsets.US_ASCII);

  private final PrintStream terminal;
  private boolean atStart = true;
  private boolean closed;

  LinesAboveBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Redraws the bar, unless an incomplete line was printed. */
  synchronized void draw(String bar) {
    if (atStart && !closed) {
      terminal.print(CLEAR_LINE + bar);
      terminal.flush();
    }
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    int clear = atStart && !closed ? CLEAR.length : 0;
    byte[] all = Arrays.copyOf(CLEAR, clear + length);
    System.arraycopy(bytes, offset, all, clear, length);
    // In one write, as others print to the terminal, too.
    terminal.write(all, 0, all.length);
    atStart = bytes[offset + length - 1] == '\n';
  }

  @Override
  public void flush() {
    terminal.flush();
  }

  /** Leaves a clean line for what is printed next, and draws no more bars. */
  @Override
  public synchronized void close() {
    draw("");
    closed = true;
  }
}
