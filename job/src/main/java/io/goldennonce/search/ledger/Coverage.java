package io.goldennonce.search.ledger;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Proves from a ledger's rows that a search covered its keyspace without gap or overlap. */
public final class Coverage {
  private Coverage() {}

  /** A violated rule, with the expected and the actual value. */
  public record Fault(String rule, String expected, String found) {}

  /**
   * Finds gaps, overlaps, and unreported solutions.
   *
   * @param rows the rows of all runs of a search, in any order
   * @param required the positions that must have been tried; empty where none must
   * @param target the search's target
   * @return the violations; empty if the proof holds
   */
  public static List<Fault> faults(List<LedgerRow> rows, NonceRange required, Target target) {
    List<LedgerRow> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(row -> row.range().from()));
    List<Fault> faults = new ArrayList<>();
    for (NonceRange gap : required.without(sorted.stream().map(LedgerRow::range).toList())) {
      faults.add(new Fault("no gap", text(gap.from(), gap.to()) + " tried", "not tried"));
    }
    long last = 0;
    for (LedgerRow row : sorted) {
      NonceRange range = row.range();
      if (range.from() < last) {
        faults.add(
            new Fault(
                "no overlap",
                "from " + last + " or above",
                text(range.from(), Math.min(last, range.to())) + " twice"));
      }
      if (row.best() != null && target.isMetBy(row.best().hash()) && row.solution() == null) {
        faults.add(
            new Fault(
                "every solution is reported",
                "a solution in " + text(range.from(), range.to()),
                "none, with a lowest hash of " + row.best().hash().toDisplay()));
      }
      last = Math.max(last, range.to());
    }
    return faults;
  }

  private static String text(long from, long to) {
    return "[" + from + ", " + to + ")";
  }
}
