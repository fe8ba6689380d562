package io.goldennonce.search;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A picture of a keyspace: the part of it that matters now, cut into cells, and what of each was
 * tried and what is being tried. A keyspace is mostly far larger than what will ever be tried of
 * it, so the picture ends a little above the highest position that was sent out.
 *
 * @param from the first position in the picture
 * @param to the position after the last in it
 * @param tried the part of each cell, from 0 to 1, that was tried, by this run or an earlier one
 * @param inFlight the part of each cell that executors have now
 */
public record CoverageHistogram(long from, long to, List<Double> tried, List<Double> inFlight) {
  /** Cells in a picture: a few pixels each on a screen. */
  static final int CELLS = 240;

  public CoverageHistogram {
    tried = List.copyOf(tried);
    inFlight = List.copyOf(inFlight);
  }

  /**
   * Draws one.
   *
   * @param keyspace the whole
   * @param reached the highest position that was sent out
   * @param tried what was tried; intervals may overlap
   * @param inFlight what executors have, tried or not
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
