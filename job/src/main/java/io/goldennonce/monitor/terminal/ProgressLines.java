package io.goldennonce.monitor.terminal;

import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.Solution;
import java.io.PrintStream;
import java.time.Duration;

/** Prints a line at an interval, for logs and pipes. */
final class ProgressLines implements ProgressDisplay {
  private final PrintStream stream;
  private final String title;
  private final Duration interval;
  private Duration next;

  ProgressLines(PrintStream stream, String title, Duration interval) {
    this.stream = stream;
    this.title = title;
    this.interval = interval;
    this.next = interval;
  }

  @Override
  public void progress(SearchProgress progress) {
    if (progress.elapsed().compareTo(next) >= 0) {
      next = progress.elapsed().plus(interval);
      stream.println(title + ": " + ProgressDisplay.summary(progress));
    }
  }

  @Override
  public void improved(Solution lowest) {
    stream.println(title + ": " + ProgressDisplay.summary(lowest));
  }

  @Override
  public void close() {}
}
