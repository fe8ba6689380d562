package io.goldennonce.monitor.terminal;

import io.goldennonce.monitor.Quantities;
import io.goldennonce.monitor.SearchReporter;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.io.PrintStream;
import java.util.Locale;

/** Says in one line what was found. */
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
    double tried = (double) result.work().hashes() + result.work().resumed();
    int solutions = result.solutions().size();
    if (solutions > 1) {
      stream.println(line(solutions, tried, result));
    } else {
      result.found().ifPresent(found -> stream.println(line(found, tried, result)));
    }
  }

  private String line(int solutions, double tried, SearchResult result) {
    return String.format(
        Locale.ROOT,
        "%s: found %d solutions, %s tried in %s, luck %s",
        title,
        solutions,
        Quantities.si(tried, ""),
        Quantities.time(result.elapsed().toNanos() * 1e-9),
        luck(expected * solutions, tried));
  }

  private String line(Solution found, double tried, SearchResult result) {
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
