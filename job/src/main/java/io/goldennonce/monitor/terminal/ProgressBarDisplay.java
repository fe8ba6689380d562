package io.goldennonce.monitor.terminal;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.Solution;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A bar that shows the probability that a solution should have been found. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final long REDRAW_MILLIS = 250;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 40;
  private static final String EIGHTHS = "▏▎▍▌▋▊▉";

  private final PrintStream stream;
  private final String title;
  private final LinesAboveBar lines;
  private final PrintStream above;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("progress-bar"));
  private volatile double chance;
  private volatile String numbers = "";
  private int width;

  /**
   * Draws a bar; until it is closed, other output to standard error appears above it.
   *
   * @param stream the terminal: standard error as it is now
   */
  ProgressBarDisplay(PrintStream stream, String title) {
    this.stream = stream;
    this.title = title;
    this.lines = new LinesAboveBar(stream);
    this.above = new PrintStream(lines, true, Charset.defaultCharset());
    System.setErr(above);
    timer.scheduleWithFixedDelay(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void draw() {
    // Asked here, because it starts a process, and a short search must not wait for that.
    if (width == 0) {
      width = TerminalWidth.columns();
    }
    lines.draw(line(title, chance, numbers, width));
  }

  @Override
  public void progress(SearchProgress progress) {
    numbers =
        String.format(
            Locale.ROOT,
            "%s, %s tried, p50 %s, p95 %s, %s",
            Quantities.si(progress.recentRate(), "H/s"),
            Quantities.si(progress.hashes(), ""),
            Quantities.time(progress.secondsUntil(0.5)),
            Quantities.time(progress.secondsUntil(0.95)),
            ProgressDisplay.executors(progress));
    chance = progress.chance();
  }

  /**
   * The bar and the numbers in one line; if the line is too short, the numbers come first.
   *
   * @param width number of columns
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
    // Leaves a clean line for what is printed next.
    close();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    lines.close();
    if (System.err == above) {
      System.setErr(stream);
    }
  }
}
