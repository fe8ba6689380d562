package io.goldennonce.search.schedule;

import java.time.Duration;

/** Sizes ranges to take a given time, by the rate measured on earlier ranges. Not thread-safe. */
public final class RangeSizer {
  /** Weight of the latest measurement: the rate follows a change within a few ranges. */
  static final double NEWEST = 0.3;

  /** Largest growth factor between ranges, since the first rates are those of a cold JVM. */
  static final int GROWTH = 4;

  private final double seconds;
  private double rate;
  private long size;

  /**
   * @param time the time a range should take
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

  public long size() {
    return size;
  }

  /**
   * Updates the rate from a scan.
   *
   * @param hashes positions scanned
   * @param nanos the time that took, in nanoseconds
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
