package io.goldennonce.search.schedule;

import io.goldennonce.search.Ledger;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What earlier runs of a search and the current one have tried. */
final class TriedRanges {
  private final Ledger earlier = new Ledger();
  private final Ledger current = new Ledger();
  private final long resumed;
  private final Duration resumedTime;

  /**
   * @param rows what earlier runs have tried; they may overlap
   */
  TriedRanges(NonceRange keyspace, Collection<LedgerRow> rows) {
    earlier.restore(rows);
    resumed = keyspace.size() - missing(keyspace).stream().mapToLong(NonceRange::size).sum();
    resumedTime = LedgerRow.timeOf(earlier.rows());
  }

  Ledger earlier() {
    return earlier;
  }

  Ledger current() {
    return current;
  }

  /** The parts of a range that no run has tried, ascending. */
  List<NonceRange> missing(NonceRange range) {
    return current.missing(range).stream().flatMap(part -> earlier.missing(part).stream()).toList();
  }

  /** Positions that earlier runs have tried. */
  long resumed() {
    return resumed;
  }

  /** Time that earlier runs have taken for them, of all tasks together. */
  Duration resumedTime() {
    return resumedTime;
  }

  /** How much was computed. */
  SearchResult.Work work() {
    long hashes = current.hashes();
    long unreported = current.unreported();
    long atMost = unreported > Long.MAX_VALUE - hashes ? Long.MAX_VALUE : hashes + unreported;
    return new SearchResult.Work(hashes, atMost, resumed, resumedTime);
  }

  /** What all runs have tried; may overlap. */
  List<NonceRange> all() {
    return Stream.concat(earlier.rows().stream(), current.rows().stream())
        .map(LedgerRow::range)
        .toList();
  }
}
