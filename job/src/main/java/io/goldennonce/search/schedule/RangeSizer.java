package io.goldennonce.search.schedule;

import java.time.Duration;

/**
 * Says how large a range must be to take a given time, from the rate measured on the ranges before.
 * Not thread-safe.
 */
public final class RangeSizer {
  /** Weight of the newest measurement: the rate follows a change within a few ranges. */
  private static final double NEWEST = 0.3;

  /** A range grows by no more than this at once, as the first rates are a cold JVM's. */
  private static final int GROWTH = 4;

  private final double seconds;
  private double rate;
  private long size;

  /**
   * @param time how long a range should take
   * @param firstSize positions in a range while no rate is known
   */
  public RangeSizer(Duration time, long firstSize) {
    if (time.isNegative() || time.isZero() || firstSize < 1) {
      throw new IllegalArgumentException(
          "a range's time and first size must be positive, got " + time + ", " + firstSize);
    }
    this.seconds = time.toNanos() * 1e-9;
    this.size = firstSize;
  }

  /** Positions that a range should hold now. */
  public long size() {
    return size;
  }

  /**
   * Learns from a scan.
   *
   * @param hashes positions scanned
   * @param nanos how long that took, in nanoseconds
   */
  public void measured(long hashes, long nanos) {
    if (hashes <= 0 || nanos <= 0) {
      return;
    }
    double newest = hashes * 1e9 / nanos;
    rate = rate == 0 ? newest : rate + NEWEST * (newest - rate);
    size = (long) Math.max(1, Math.min(rate * seconds, (double) size * GROWTH));
  }
}
