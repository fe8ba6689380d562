package io.goldennonce.search;

import io.goldennonce.base.LatestMap;
import io.goldennonce.kernel.KernelDevice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records exactly which positions of a search were tried, and how many hashes that took. Reports
 * may arrive in any order, twice, or not at all: each one covers its whole attempt so far, and only
 * its new part counts. Adjacent rows of the same executor are merged; above {@link #MAX_ROWS}, so
 * are those of different ones. Not thread-safe.
 */
public final class Ledger {
  /** Above this number, adjacent rows of different executors are merged: a few MB of heap. */
  public static final int MAX_ROWS = 10_000;

  /**
   * Above this number of shares, the share target is made harder: 9 MB of heap, and of a file. The
   * count of half as many states the hashes of a search to 0.14 % (one standard deviation).
   */
  static final int MAX_SHARES = 1 << 20;

  /** Rows that would hold more shares than this are not merged. */
  static final int MAX_ROW_SHARES = 4096;

  /** Ended attempts remembered to detect duplicate reports, which arrive within seconds. */
  private static final int MAX_ENDED = 100_000;

  private final TreeMap<Long, LedgerRow> rows = new TreeMap<>();
  private final Map<Long, RangeReport> running = new LinkedHashMap<>();
  private final Map<Long, Long> ended = new LatestMap<>(MAX_ENDED);
  private long hashes;

  /** Leading zero bits of the shares in all rows; 0 while no report had a share target. */
  private int shareBits;

  /** The number of shares in all rows. */
  private int shares;

  /** Upper bound of the hashes that lost attempts computed but did not report. */
  private long lost;

  /**
   * The number of rows above which to merge again. Concurrent tasks leave gaps that prevent
   * merging, and each merge visits all rows, so it is at least twice what the last one left.
   */
  private int mergeAbove = MAX_ROWS;

  /**
   * Adds rows of earlier runs, which do not count as this run's work. Their shares stay with those
   * runs.
   */
  public void restore(Collection<LedgerRow> earlier) {
    earlier.forEach(row -> add(row.with(Shares.NONE)));
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
    for (LedgerRow row : List.copyOf(touching(range))) {
      remove(row.range().from());
      putPart(row, row.range().from(), range.from());
      putPart(row, range.to(), row.range().to());
    }
  }

  /** Returns the rows that overlap a range, ascending. */
  private Collection<LedgerRow> touching(NonceRange range) {
    Map.Entry<Long, LedgerRow> first = rows.floorEntry(range.from());
    boolean reaches = first != null && first.getValue().range().to() > range.from();
    long from = first != null && reaches ? first.getKey() : range.from();
    return range.isEmpty() ? List.of() : rows.subMap(from, range.to()).values();
  }

  private void putPart(LedgerRow row, long from, long to) {
    if (from < to) {
      put(row.part(new NonceRange(from, to)));
    }
  }

  private void put(LedgerRow row) {
    rows.put(row.range().from(), row);
    shares += row.shares().size();
  }

  private void remove(long from) {
    LedgerRow removed = rows.remove(from);
    shares -= removed == null ? 0 : removed.shares().size();
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
    List<NonceRange> missing = new ArrayList<>();
    long from = keyspace.from();
    for (LedgerRow row : touching(keyspace)) {
      NonceRange range = row.range();
      if (range.from() > from) {
        missing.add(new NonceRange(from, range.from()));
      }
      from = Math.max(from, range.to());
    }
    if (from < keyspace.to()) {
      missing.add(new NonceRange(from, keyspace.to()));
    }
    return missing;
  }

  /** Returns the positions in a keyspace that were reported as solutions, ascending. */
  public LongStream solutions(NonceRange keyspace) {
    return rows.values().stream()
        .filter(row -> row.solution() != null)
        .mapToLong(LedgerRow::solution)
        .filter(keyspace::contains);
  }

  public Optional<LowestHash> lowestHash() {
    return rows.values().stream()
        .flatMap(row -> Stream.ofNullable(row.best()))
        .min(Comparator.comparing(LowestHash::hash));
  }

  /** Returns the number of leading zero bits of the shares in all rows; 0 if there are none. */
  public int shareBits() {
    return shareBits;
  }

  /** Returns the intervals that were tried, ascending and disjoint. */
  public List<LedgerRow> rows() {
    return List.copyOf(rows.values());
  }

  /** Adds the part of a report from a position on. A row holds at most one solution. */
  private void addRows(RangeReport report, long known, Instant now) {
    long from = known;
    for (long solution : report.solutions()) {
      if (solution >= from) {
        add(row(report, new NonceRange(from, solution + 1), solution, now));
        from = solution + 1;
      }
    }
    if (from < report.end()) {
      add(row(report, new NonceRange(from, report.end()), null, now));
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

  /** Adds the parts of a row that no other row covers. */
  private void add(LedgerRow row) {
    raiseTo(row.shares().bits());
    LedgerRow raised = row.with(row.shares().raisedTo(shareBits));
    for (NonceRange part : missing(row.range())) {
      insert(raised.part(part));
    }
    while (shares > MAX_SHARES) {
      raiseTo(shareBits + 1);
    }
    if (rows.size() > mergeAbove) {
      mergeAll();
      mergeAbove = Math.max(MAX_ROWS, 2 * rows.size());
    }
  }

  /** Makes the share target of all rows as hard as this. */
  private void raiseTo(int bits) {
    if (bits > shareBits) {
      shareBits = bits;
      rows.replaceAll((from, row) -> row.with(row.shares().raisedTo(bits)));
      shares = rows.values().stream().mapToInt(row -> row.shares().size()).sum();
    }
  }

  private void insert(LedgerRow row) {
    LedgerRow merged = row;
    Map.Entry<Long, LedgerRow> left = rows.lowerEntry(merged.range().from());
    if (left != null && joins(left.getValue(), merged)) {
      remove(left.getKey());
      merged = left.getValue().mergedWith(merged);
    }
    LedgerRow right = rows.get(merged.range().to());
    if (right != null && joins(merged, right)) {
      remove(right.range().from());
      merged = merged.mergedWith(right);
    }
    put(merged);
  }

  private static boolean joins(LedgerRow left, LedgerRow right) {
    return left.isSameWorker(right) && fits(left, right);
  }

  /** Whether two rows can be merged: a row holds at most one solution, and not too many shares. */
  private static boolean fits(LedgerRow left, LedgerRow right) {
    return left.range().to() == right.range().from()
        && (left.solution() == null || right.solution() == null)
        && left.shares().size() + right.shares().size() <= MAX_ROW_SHARES;
  }

  private void mergeAll() {
    List<LedgerRow> old = List.copyOf(rows.values());
    rows.clear();
    LedgerRow last = old.get(0);
    for (LedgerRow row : old.subList(1, old.size())) {
      if (fits(last, row)) {
        last = last.mergedWith(row);
      } else {
        rows.put(last.range().from(), last);
        last = row;
      }
    }
    rows.put(last.range().from(), last);
  }
}
