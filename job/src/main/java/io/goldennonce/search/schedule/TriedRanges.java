package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.ledger.Ledger;
import io.goldennonce.search.ledger.LedgerRow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The ranges tried by earlier runs of a search and by the current one. */
final class TriedRanges {
  private final Ledger earlier = new Ledger();
  private final Ledger current = new Ledger();
  private final long resumed;
  private final Duration resumedTime;

  /**
   * @param rows rows of earlier runs; may overlap
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

  /** Returns the parts of a range that no run has tried, ascending. */
  List<NonceRange> missing(NonceRange range) {
    return current.missing(range).stream().flatMap(part -> earlier.missing(part).stream()).toList();
  }

  long resumed() {
    return resumed;
  }

  /** Returns the time that earlier runs took for them; concurrent work counts once. */
  Duration resumedTime() {
    return resumedTime;
  }

  SearchResult.Work work() {
    long hashes = current.hashes();
    long unreported = current.unreported();
    long atMost = unreported > Long.MAX_VALUE - hashes ? Long.MAX_VALUE : hashes + unreported;
    return new SearchResult.Work(hashes, atMost, resumed, resumedTime);
  }

  /** Returns the ranges tried by all runs; may overlap. */
  List<NonceRange> all() {
    return Stream.concat(earlier.rows().stream(), current.rows().stream())
        .map(LedgerRow::range)
        .toList();
  }
}
