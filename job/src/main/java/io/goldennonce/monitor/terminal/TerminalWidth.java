package io.goldennonce.monitor.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The width of the terminal. */
final class TerminalWidth {
  private static final int USUAL = 80;
  private static final long LONGEST_SECONDS = 1;

  private TerminalWidth() {}

  /** Columns as printed by stty; 80 if it fails. */
  static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (stty.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          byte[] said = stty.getInputStream().readAllBytes();
          return columns(new String(said, StandardCharsets.US_ASCII));
        }
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      // No terminal, or no stty.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return USUAL;
  }

  /**
   * Reads the output of stty.
   *
   * @param size rows and columns; a terminal that does not know them says 0 0
   */
  static int columns(String size) {
    return size.strip().matches("\\d{1,5} [1-9]\\d{0,4}")
        ? Integer.parseInt(size.strip().split(" ")[1])
        : USUAL;
  }
}
