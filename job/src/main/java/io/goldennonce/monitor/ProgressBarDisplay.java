package io.goldennonce.monitor;

import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.Solution;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar that fills with the probability that a solution should have come. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final int FULL = 1000;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 40;
  private static final String EIGHTHS = "▏▎▍▌▋▊▉";

  private final PrintStream stream;
  private final PrintStream above;
  private final ProgressBar bar;

  /**
   * Draws one, and until it is closed keeps what others print to standard error off its line.
   *
   * @param stream the terminal: standard error as it is now
   */
  ProgressBarDisplay(PrintStream stream, String title) {
    this.stream = stream;
    this.above = new PrintStream(new LinesAboveBar(stream), true, Charset.defaultCharset());
    System.setErr(above);
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(title)
            .setInitialMax(FULL)
            .setUpdateIntervalMillis(250)
            .setRenderer(
                (state, width) ->
                    line(title, state.getNormalizedProgress(), state.getExtraMessage(), width))
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
            "%s, %s tried, p50 %s, p95 %s, %s",
            Quantities.si(progress.recentRate(), "H/s"),
            Quantities.si(progress.hashes(), ""),
            Quantities.time(progress.secondsUntil(0.5)),
            Quantities.time(progress.secondsUntil(0.95)),
            ProgressDisplay.executors(progress)));
  }

  /**
   * A line with all of it: the library's own would leave the numbers no room in 80 columns.
   *
   * @param width how many columns there are
   */
  static String line(String title, double chance, String numbers, int width) {
    String before = String.format(Locale.ROOT, "%s %3.0f %% ", title, 100 * chance);
    int room = Math.min(LONGEST, width - before.length() - numbers.length() - "││ ".length());
    String line = before + (room < SHORTEST ? "" : bar(chance, room)) + numbers;
    return line.substring(0, Math.max(0, Math.min(width, line.length())));
  }

  private static String bar(double chance, int room) {
    int eighths = (int) Math.round(chance * room * 8);
    String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8 - 1, eighths % 8);
    String filled = "█".repeat(eighths / 8) + part;
    return "│" + filled + " ".repeat(room - filled.length()) + "│ ";
  }

  @Override
  public void improved(Solution lowest) {
    above.println(ProgressDisplay.summary(lowest));
  }

  @Override
  public void ended(SearchResult result) {
    // Leaves a clean line to whatever is printed next.
    close();
  }

  @Override
  public void close() {
    bar.close();
    // One that is closed before its first timed drawing draws once more and stays.
    stream.print(LinesAboveBar.CLEAR_LINE);
    stream.flush();
    if (System.err == above) {
      System.setErr(stream);
    }
  }
}
