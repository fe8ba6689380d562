package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tracks which positions each executor has tried in a run, in bounded memory. It is exact up to a
 * number of intervals, of 16 bytes each; above that, adjacent intervals of an executor are joined,
 * so that they cover its work and perhaps that of others in between. Above {@link
 * ExecutorTally#MAX_EXECUTORS}, the executors that have been idle for longest are forgotten, since
 * they are gone. Not thread-safe.
 */
final class ExecutorRanges {
  /** Maximum number of intervals of all executors: 8 MB. */
  static final int MAX_INTERVALS = 500_000;

  /** Intervals in the order of arrival, as pairs of start and end. */
  private static final class Intervals {
    private long[] bounds = new long[8];
    private int count;

    /** Adds an interval; returns by how much their number grew. */
    private int add(NonceRange range) {
      if (count > 0 && bounds[2 * count - 1] == range.from()) {
        bounds[2 * count - 1] = range.to();
        return 0;
      }
      if (2 * count == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * bounds.length);
      }
      bounds[2 * count] = range.from();
      bounds[2 * count + 1] = range.to();
      count++;
      return 1;
    }

    /** Returns the intervals, ascending, with overlapping and adjacent ones merged. */
    private List<NonceRange> sorted() {
      List<NonceRange> sorted = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        sorted.add(new NonceRange(bounds[2 * i], bounds[2 * i + 1]));
      }
      sorted.sort((a, b) -> Long.compare(a.from(), b.from()));
      List<NonceRange> merged = new ArrayList<>(count);
      for (NonceRange range : sorted) {
        int last = merged.size() - 1;
        if (last >= 0 && merged.get(last).to() >= range.from()) {
          merged.set(last, hull(merged.get(last), range));
        } else {
          merged.add(range);
        }
      }
      return merged;
    }

    private static NonceRange hull(NonceRange a, NonceRange b) {
      return new NonceRange(Math.min(a.from(), b.from()), Math.max(a.to(), b.to()));
    }

    /** Joins neighbours in pairs. */
    private void halve() {
      List<NonceRange> sorted = sorted();
      count = 0;
      for (int i = 0; i < sorted.size(); i += 2) {
        int next = Math.min(i + 1, sorted.size() - 1);
        add(hull(sorted.get(i), sorted.get(next)));
      }
      bounds = Arrays.copyOf(bounds, Math.max(8, 2 * count));
    }
  }

  private final int most;

  /** In order of the last added range. */
  private final Map<String, Intervals> byExecutor = new LinkedHashMap<>(16, 0.75f, true);

  private int count;

  /**
   * @param most maximum number of intervals, if there are at most half as many executors
   */
  ExecutorRanges(int most) {
    this.most = most;
  }

  void add(String executor, NonceRange range) {
    if (range.isEmpty()) {
      return;
    }
    count += byExecutor.computeIfAbsent(executor, any -> new Intervals()).add(range);
    if (byExecutor.size() > ExecutorTally.MAX_EXECUTORS) {
      Iterator<Intervals> eldest = byExecutor.values().iterator();
      count -= eldest.next().count;
      eldest.remove();
    }
    if (count > most) {
      byExecutor.values().forEach(Intervals::halve);
      count = byExecutor.values().stream().mapToInt(each -> each.count).sum();
    }
  }

  /** Removes an executor and returns the ranges that it has tried, ascending and disjoint. */
  List<NonceRange> remove(String executor) {
    Intervals removed = byExecutor.remove(executor);
    if (removed == null) {
      return List.of();
    }
    count -= removed.count;
    return removed.sorted();
  }

  int size() {
    return count;
  }
}
