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
 * Knows exactly which positions of a search were tried, and how many hashes that took. It takes
 * reports in any order, doubled or with gaps between them: each tells all its attempt has done, so
 * only what is new in it counts. Rows that follow one another are merged, first those of one
 * executor, then, where there are still too many, any. Not thread-safe.
 */
public final class Ledger {
  /** Rows up to which neighbours of different executors are kept apart: a few MB of heap. */
  public static final int MAX_ROWS = 10_000;

  /** Ended attempts remembered so that a doubled report is known; doubles come within seconds. */
  private static final int MAX_ENDED = 100_000;

  private final TreeMap<Long, LedgerRow> rows = new TreeMap<>();
  private final Map<Long, RangeReport> running = new LinkedHashMap<>();
  private final Map<Long, Long> ended = new LatestMap<>(MAX_ENDED);
  private long hashes;

  /** What lost attempts may have computed beyond what they reported. */
  private long lost;

  /**
   * Twice what could not be merged the last time, where that is much: as many tasks as run at once
   * leave as many gaps between them, and each merging looks at all rows.
   */
  private int mergeAbove = MAX_ROWS;

  /** Takes in what earlier runs of the search have tried; it does not count as this run's work. */
  public void restore(Collection<LedgerRow> earlier) {
    earlier.forEach(this::add);
  }

  /**
   * Takes a report in.
   *
   * @return the hashes in it that were not known before, 0 where it says nothing new
   */
  public long accept(RangeReport report, Instant now) {
    if (hasEnded(report.attempt())) {
      return 0;
    }
    RangeReport before = running.get(report.attempt());
    long known = before == null ? report.range().from() : before.end();
    if (report.isLast()) {
      running.remove(report.attempt());
      ended.put(report.attempt(), report.end());
    } else if (before == null || report.end() >= known) {
      running.put(report.attempt(), report);
    }
    if (report.end() <= known) {
      return 0;
    }
    long news = report.end() - known;
    hashes += news;
    addRows(report, known, now);
    return news;
  }

  /**
   * Takes in that an attempt has ended and nothing more will be heard of it: its executor was lost.
   * One whose last report was taken in is not meant.
   *
   * @param range what it was given
   * @return its last report; nothing if there is none
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

  /** Whether an attempt has reported, but not its end. */
  public boolean isRunning(long attempt) {
    return running.containsKey(attempt);
  }

  /** Whether an attempt's last report was taken in, or it was lost. */
  public boolean hasEnded(long attempt) {
    return ended.containsKey(attempt);
  }

  /** The attempts of an executor that have reported, but not their end. */
  public List<Long> running(String executor) {
    return running.values().stream()
        .filter(report -> report.executor().equals(executor))
        .map(RangeReport::attempt)
        .toList();
  }

  /** Takes back what was said of a range: its positions count as not tried, its hashes as spent. */
  public void invalidate(NonceRange range) {
    for (LedgerRow row : List.copyOf(touching(range))) {
      rows.remove(row.range().from());
      putPart(row, row.range().from(), range.from());
      putPart(row, range.to(), row.range().to());
    }
  }

  /** The rows that have a position of a range, ascending. */
  private Collection<LedgerRow> touching(NonceRange range) {
    Map.Entry<Long, LedgerRow> first = rows.floorEntry(range.from());
    boolean reaches = first != null && first.getValue().range().to() > range.from();
    long from = first != null && reaches ? first.getKey() : range.from();
    return range.isEmpty() ? List.of() : rows.subMap(from, range.to()).values();
  }

  private void putPart(LedgerRow row, long from, long to) {
    if (from < to) {
      rows.put(from, row.part(new NonceRange(from, to)));
    }
  }

  /** Hashes computed in this run, those of repeated work included. */
  public long hashes() {
    return hashes;
  }

  /**
   * How many hashes the unfinished attempts, and those that were lost, may have computed beyond
   * what they reported; {@code Long.MAX_VALUE} for more.
   */
  public long unreported() {
    return running.values().stream()
        .mapToLong(report -> report.range().to() - report.end())
        .reduce(lost, Ledger::sum);
  }

  /** The sum of two numbers of hashes, cut off at the largest. */
  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** The positions of a keyspace, or of a part of one, that were not tried, ascending. */
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

  /** The positions of a keyspace that were reported as solutions, ascending. */
  public LongStream solutions(NonceRange keyspace) {
    return rows.values().stream()
        .filter(row -> row.solution() != null)
        .mapToLong(LedgerRow::solution)
        .filter(keyspace::contains);
  }

  /** The lowest hash of all that was tried, as far as it was reported. */
  public Optional<LowestHash> lowestHash() {
    return rows.values().stream()
        .flatMap(row -> Stream.ofNullable(row.best()))
        .min(Comparator.comparing(LowestHash::hash));
  }

  /** What was tried, ascending and without overlap. */
  public List<LedgerRow> rows() {
    return List.copyOf(rows.values());
  }

  /** Adds what a report says of the positions from one on: a row has room for one solution. */
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
        report.host(),
        report.executor(),
        report.kernel(),
        device == null || device.lost() ? null : device.name(),
        now,
        now);
  }

  /** Adds the parts of a row that no other row has. */
  private void add(LedgerRow row) {
    for (NonceRange part : missing(row)) {
      insert(row.part(part));
    }
    if (rows.size() > mergeAbove) {
      mergeAll();
      mergeAbove = Math.max(MAX_ROWS, 2 * rows.size());
    }
  }

  private List<NonceRange> missing(LedgerRow row) {
    long from = row.range().from();
    List<NonceRange> parts = new ArrayList<>();
    Map.Entry<Long, LedgerRow> left = rows.floorEntry(from);
    if (left != null) {
      from = Math.max(from, left.getValue().range().to());
    }
    while (from < row.range().to()) {
      Map.Entry<Long, LedgerRow> right = rows.ceilingEntry(from);
      long to = right == null ? row.range().to() : Math.min(row.range().to(), right.getKey());
      if (from < to) {
        parts.add(new NonceRange(from, to));
      }
      from = right == null ? to : Math.max(to, right.getValue().range().to());
    }
    return parts;
  }

  private void insert(LedgerRow row) {
    LedgerRow merged = row;
    Map.Entry<Long, LedgerRow> left = rows.lowerEntry(merged.range().from());
    if (left != null && joins(left.getValue(), merged)) {
      rows.remove(left.getKey());
      merged = left.getValue().mergedWith(merged);
    }
    LedgerRow right = rows.get(merged.range().to());
    if (right != null && joins(merged, right)) {
      rows.remove(right.range().from());
      merged = merged.mergedWith(right);
    }
    rows.put(merged.range().from(), merged);
  }

  private static boolean joins(LedgerRow left, LedgerRow right) {
    return left.isSameWorker(right) && fits(left, right);
  }

  /** Whether two rows can be one: a row has room for one solution. */
  private static boolean fits(LedgerRow left, LedgerRow right) {
    return left.range().to() == right.range().from()
        && (left.solution() == null || right.solution() == null);
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
