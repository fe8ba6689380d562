package io.goldennonce.monitor.terminal;

import io.goldennonce.monitor.Quantities;
import io.goldennonce.monitor.SearchReporter;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.Solution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Shows a search's progress on standard error until it is closed. */
public interface ProgressDisplay extends SearchReporter, AutoCloseable {
  @Override
  void close();

  static ProgressDisplay none() {
    return new ProgressDisplay() {
      @Override
      public void close() {}
    };
  }

  /**
   * On a terminal, shows a bar that is redrawn in place; otherwise prints a line at an interval.
   *
   * @param plainInterval time between two lines, if it is not a terminal
   */
  static ProgressDisplay on(PrintStream stream, String title, Duration plainInterval) {
    return standardErrorIsTerminal()
        ? new ProgressBarDisplay(stream, title)
        : new ProgressLines(stream, title, plainInterval);
  }

  static String summary(SearchProgress progress) {
    return String.format(
        Locale.ROOT,
        "%s tried, %s (now %s), %.1f %% chance so far, %d tasks on %s, p50 in %s, p95 in %s",
        Quantities.si(progress.hashes(), ""),
        Quantities.si(progress.rate(), "H/s"),
        Quantities.si(progress.recentRate(), "H/s"),
        100 * progress.chance(),
        progress.slots(),
        executors(progress),
        Quantities.time(progress.secondsUntil(0.5)),
        Quantities.time(progress.secondsUntil(0.95)));
  }

  /** The number of executors, in words. */
  static String executors(SearchProgress progress) {
    return Quantities.count(progress.executors(), "executor");
  }

  /** The line for a hash that is the lowest so far. */
  static String summary(Solution lowest) {
    return "lowest so far " + lowest.hash().toDisplay() + " at nonce " + lowest.nonce();
  }

  private static boolean standardErrorIsTerminal() {
    try {
      // On Linux, check standard error itself; Java only knows whether input and output are.
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}
