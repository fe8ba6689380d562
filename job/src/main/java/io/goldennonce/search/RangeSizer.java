package io.goldennonce.search;

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

  private double seconds;
  private double leastSeconds;
  private double rate;
  private long size;

  /**
   * @param time how long a range shall take
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

  /**
   * Changes how long a range shall take; ranges grow or shrink with the next measurement.
   *
   * @param least what the last ranges of a keyspace shall take at least
   */
  public void aimAt(Duration least, Duration time) {
    leastSeconds = least.toNanos() * 1e-9;
    seconds = time.toNanos() * 1e-9;
  }

  /** Positions that a range shall hold now. */
  public long size() {
    return size;
  }

  /**
   * Positions that a range shall hold now, where a keyspace may come to its end: then ever fewer,
   * so that all tasks end at about the same time.
   *
   * @param left positions that no range holds yet
   * @param slots tasks at once, at least 1
   */
  public long size(long left, int slots) {
    if (rate == 0) {
      return size;
    }
    double share = Math.max(left / (2.0 * slots), rate * leastSeconds);
    return (long) Math.max(1, Math.min(size, share));
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
