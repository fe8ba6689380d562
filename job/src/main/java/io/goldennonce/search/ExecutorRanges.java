package io.goldennonce.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which positions each executor has tried in a run, in bounded memory: exact up to a number of
 * intervals, 16 bytes each. Beyond it neighbouring intervals of an executor are joined, so that
 * what is said to be its work holds all of it and perhaps others' between. Of executors that have
 * done nothing for longest, those beyond {@link ExecutorTally#MAX_EXECUTORS} are forgotten: they
 * are gone. Not thread-safe.
 */
final class ExecutorRanges {
  /** Intervals of all executors together: 8 MB. */
  static final int MAX_INTERVALS = 500_000;

  /** Intervals in the order they came, as pairs of their first position and the one after. */
  private static final class Intervals {
    private long[] bounds = new long[8];
    private int count;

    /** Adds one; returns by how much the number of intervals grew. */
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

    /** Ascending; those that overlap or touch are one. */
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

    /** Joins neighbours, two and two. */
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

  /** Those that ended a range last at the end. */
  private final Map<String, Intervals> byExecutor = new LinkedHashMap<>(16, 0.75f, true);

  private int count;

  /**
   * @param most how many intervals to hold, where executors are no more than half as many
   */
  ExecutorRanges(int most) {
    this.most = most;
  }

  /** An executor has tried these positions. */
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

  /** Forgets an executor, and gives what it has tried, ascending and without overlap. */
  List<NonceRange> remove(String executor) {
    Intervals removed = byExecutor.remove(executor);
    if (removed == null) {
      return List.of();
    }
    count -= removed.count;
    return removed.sorted();
  }

  /** How many intervals are held. */
  int size() {
    return count;
  }
}
