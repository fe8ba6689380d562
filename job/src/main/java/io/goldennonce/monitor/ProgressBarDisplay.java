package io.goldennonce.monitor;

import io.goldennonce.search.Found;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that fills with the probability that a solution should have come. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final int FULL = 1000;

  private final PrintStream stream;
  private final ProgressBar bar;

  ProgressBarDisplay(PrintStream stream, String title) {
    this.stream = stream;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(title)
            .setInitialMax(FULL)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(250)
            .hideEta()
            .setConsumer(new ConsoleProgressBarConsumer(stream))
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void progress(SearchProgress progress) {
    bar.stepTo(Math.round(FULL * progress.chance()));
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            "%s, p50 %s, p95 %s, %s tried, %d tasks",
            Quantities.si(progress.recentRate(), "H/s"),
            Quantities.time(progress.secondsUntil(0.5)),
            Quantities.time(progress.secondsUntil(0.95)),
            Quantities.si(progress.hashes(), ""),
            progress.slots()));
  }

  @Override
  public void improved(Found lowest) {
    // The bar is drawn again below it.
    stream.print("\r\u001b[K" + ProgressDisplay.summary(lowest) + System.lineSeparator());
  }

  @Override
  public void ended(SearchResult result) {
    // Leaves a clean line to whatever is printed next.
    bar.close();
  }

  @Override
  public void close() {
    bar.close();
  }
}
