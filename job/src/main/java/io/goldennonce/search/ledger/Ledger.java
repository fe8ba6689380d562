package io.goldennonce.search.ledger;

import io.goldennonce.base.LatestMap;
import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.Shares;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records exactly which positions of a search were tried, and how many hashes that took. Reports
 * may arrive in any order, twice, or not at all: each one covers its whole attempt so far, and only
 * its new part counts. Not thread-safe.
 */
public final class Ledger {
  /** Ended attempts remembered to detect duplicate reports, which arrive within seconds. */
  private static final int MAX_ENDED = 100_000;

  private final LedgerRows rows = new LedgerRows();
  private final Map<Long, RangeReport> running = new LinkedHashMap<>();
  private final Map<Long, Long> ended = new LatestMap<>(MAX_ENDED);
  private long hashes;

  /** Upper bound of the hashes that lost attempts computed but did not report. */
  private long lost;

  /**
   * Adds rows of earlier runs, which do not count as this run's work. Their shares stay with those
   * runs.
   */
  public void restore(Collection<LedgerRow> earlier) {
    earlier.forEach(row -> rows.add(row.with(Shares.NONE)));
  }

  /** Returns the shares of a report that were not known before. */
  public Shares newShares(RangeReport report) {
    long known = known(report);
    return report.shares().in(new NonceRange(known, Math.max(known, report.end())));
  }

  /** Returns the end of what an attempt that has not ended has reported before. */
  private long known(RangeReport report) {
    RangeReport before = running.get(report.attempt());
    return before == null ? report.range().from() : before.end();
  }

  /**
   * Adds a report.
   *
   * @return the number of hashes in it that were not known before
   */
  public long accept(RangeReport report, Instant now) {
    if (hasEnded(report.attempt())) {
      return 0;
    }
    RangeReport before = running.get(report.attempt());
    long known = known(report);
    if (report.isLast()) {
      running.remove(report.attempt());
      ended.put(report.attempt(), report.end());
    } else if (before == null || report.end() >= known) {
      running.put(report.attempt(), report);
    }
    if (report.end() <= known) {
      return 0;
    }
    long newHashes = report.end() - known;
    hashes += newHashes;
    addRows(report, known, now);
    return newHashes;
  }

  /**
   * Ends an attempt whose results can't be trusted: its hashes count, but it adds no row.
   *
   * @param report its last
   * @param assigned the range of its assignment
   * @return the number of hashes in it that were not known before
   */
  public long reject(RangeReport report, NonceRange assigned) {
    RangeReport before = running.remove(report.attempt());
    long known = before == null ? assigned.from() : before.end();
    long end = Math.max(known, Math.min(report.end(), assigned.to()));
    ended.put(report.attempt(), end);
    hashes += end - known;
    return end - known;
  }

  /**
   * Marks an attempt as lost: no more reports are expected. Has no effect on an attempt that has
   * ended.
   *
   * @return its last report, if any
   */
  public Optional<RangeReport> markLost(long attempt, NonceRange range) {
    if (hasEnded(attempt)) {
      return Optional.empty();
    }
    RangeReport last = running.remove(attempt);
    long end = last == null ? range.from() : last.end();
    ended.put(attempt, end);
    lost = sum(lost, range.to() - end);
    return Optional.ofNullable(last);
  }

  /** Whether an attempt has reported, but not ended. */
  public boolean isRunning(long attempt) {
    return running.containsKey(attempt);
  }

  /** Whether an attempt's last report was added, or it was marked as lost. */
  public boolean hasEnded(long attempt) {
    return ended.containsKey(attempt);
  }

  /** Returns the attempts of an executor that have reported, but not ended. */
  public List<Long> running(String executor) {
    return running.values().stream()
        .filter(report -> report.executor().equals(executor))
        .map(RangeReport::attempt)
        .toList();
  }

  /** Marks a range as not tried. Its hashes still count as computed. */
  public void invalidate(NonceRange range) {
    rows.invalidate(range);
  }

  /** Returns the hashes computed in this run, including repeated work. */
  public long hashes() {
    return hashes;
  }

  /**
   * Returns an upper bound of the hashes that running and lost attempts computed but did not
   * report, capped at {@code Long.MAX_VALUE}.
   */
  public long unreported() {
    return running.values().stream()
        .mapToLong(report -> report.range().to() - report.end())
        .reduce(lost, Ledger::sum);
  }

  /** Adds two numbers of hashes, capped at the largest {@code long}. */
  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** Returns the parts of a range that were not tried, ascending. */
  public List<NonceRange> missing(NonceRange keyspace) {
    return rows.missing(keyspace);
  }

  /** Returns the positions in a keyspace that were reported as solutions, ascending. */
  public LongStream solutions(NonceRange keyspace) {
    return rows.all().stream()
        .filter(row -> row.solution() != null)
        .mapToLong(LedgerRow::solution)
        .filter(keyspace::contains);
  }

  public Optional<LowestHash> lowestHash() {
    return rows.all().stream()
        .flatMap(row -> Stream.ofNullable(row.best()))
        .min(Comparator.comparing(LowestHash::hash));
  }

  /** Returns the number of leading zero bits of the shares in all rows; 0 if there are none. */
  public int shareBits() {
    return rows.shareBits();
  }

  /** Returns the intervals that were tried, ascending and disjoint. */
  public List<LedgerRow> rows() {
    return rows.all();
  }

  /** Adds the part of a report from a position on. A row holds at most one solution. */
  private void addRows(RangeReport report, long known, Instant now) {
    long from = known;
    for (long solution : report.solutions()) {
      if (solution >= from) {
        rows.add(row(report, new NonceRange(from, solution + 1), solution, now));
        from = solution + 1;
      }
    }
    if (from < report.end()) {
      rows.add(row(report, new NonceRange(from, report.end()), null, now));
    }
  }

  private static LedgerRow row(
      RangeReport report, NonceRange range, @Nullable Long solution, Instant now) {
    @Nullable KernelDevice device = report.device();
    LowestHash best = report.best();
    boolean isInside = best != null && range.contains(best.position());
    return new LedgerRow(
        range,
        isInside ? best : null,
        solution,
        report.shares().in(range),
        report.host(),
        report.executor(),
        report.kernel(),
        device == null || device.lost() ? null : device.name(),
        now,
        now);
  }
}
