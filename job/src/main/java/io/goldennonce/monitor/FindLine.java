package io.goldennonce.monitor;

import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.io.PrintStream;
import java.util.Locale;

/** Says a find in one line. */
public final class FindLine implements SearchReporter {
  private final PrintStream stream;
  private final String title;
  private final double expected;

  /**
   * @param stream standard error
   * @param title what is searched
   */
  public FindLine(PrintStream stream, String title, SearchSpec spec) {
    this.stream = stream;
    this.title = title;
    this.expected = 1 / spec.target().probability();
  }

  @Override
  public void ended(SearchResult result) {
    result.found().ifPresent(found -> stream.println(line(found, result)));
  }

  private String line(Solution found, SearchResult result) {
    double tried = (double) result.work().hashes() + result.work().resumed();
    return String.format(
        Locale.ROOT,
        "%s: found %s, nonce %d, %s tried in %s, luck %s",
        title,
        found.hash().toDisplay(),
        found.nonce(),
        Quantities.si(tried, ""),
        Quantities.time(result.elapsed().toNanos() * 1e-9),
        luck(expected, tried));
  }

  /** How many times faster than expected: 200 % is half the work. */
  static String luck(double expected, double tried) {
    return tried == 0
        ? "none needed"
        : String.format(Locale.ROOT, "%.0f %%", 100 * expected / tried);
  }
}
