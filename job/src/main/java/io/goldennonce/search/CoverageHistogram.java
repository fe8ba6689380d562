package io.goldennonce.search;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Progress over a keyspace, as a histogram of equal cells. Most keyspaces are far larger than the
 * part that will ever be tried, so the histogram ends a little above the highest allocated
 * position.
 *
 * @param from the first position covered
 * @param to the position after the last
 * @param tried the fraction of each cell, 0 to 1, tried by this run or earlier ones
 * @param inFlight the fraction of each cell that executors are scanning
 */
public record CoverageHistogram(long from, long to, List<Double> tried, List<Double> inFlight) {
  /** Number of cells: a few pixels each on a screen. */
  static final int CELLS = 240;

  public CoverageHistogram {
    tried = List.copyOf(tried);
    inFlight = List.copyOf(inFlight);
  }

  /**
   * Computes the histogram.
   *
   * @param keyspace the search's keyspace
   * @param reached the end of the highest range allocated so far
   * @param tried intervals that were tried; may overlap
   * @param inFlight ranges that executors have, scanned or not
   */
  public static CoverageHistogram of(
      NonceRange keyspace,
      long reached,
      Collection<NonceRange> tried,
      Collection<NonceRange> inFlight) {
    NonceRange window = window(keyspace, reached);
    double[] done = shares(window, tried);
    double[] flying = shares(window, inFlight);
    for (int i = 0; i < CELLS; i++) {
      flying[i] = Math.min(flying[i], 1 - done[i]);
    }
    return new CoverageHistogram(window.from(), window.to(), boxed(done), boxed(flying));
  }

  private static NonceRange window(NonceRange keyspace, long reached) {
    long used = Math.max(CELLS, reached - keyspace.from());
    long room = keyspace.size() - used;
    return room <= used / 4
        ? keyspace
        : new NonceRange(keyspace.from(), keyspace.from() + used + used / 4);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] shares(NonceRange window, Collection<NonceRange> ranges) {
    double[] shares = new double[CELLS];
    double cell = (double) window.size() / CELLS;
    if (window.isEmpty()) {
      return shares;
    }
    for (NonceRange range : ranges) {
      double from = (Math.max(range.from(), window.from()) - window.from()) / cell;
      double to = (Math.min(range.to(), window.to()) - window.from()) / cell;
      for (int i = Math.max(0, (int) from); i < CELLS && i < to; i++) {
        shares[i] += Math.min(i + 1.0, to) - Math.max(i, from);
      }
    }
    for (int i = 0; i < CELLS; i++) {
      shares[i] = Math.min(1, Math.max(0, shares[i]));
    }
    return shares;
  }
}
