package io.goldennonce.search.schedule;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes ranges by the rates of the executors. Since Spark may run a range on any executor, a range
 * is as large as the fastest one scans in the target time; slower ones end when their time is up,
 * and the rest is allocated again. Not thread-safe.
 */
final class RangeSizes {
  /** An executor that ends no range while each slot ends this many is gone. */
  private static final int SILENT_RANGES = 8;

  /**
   * The rate of one slot of an executor.
   *
   * @param perSecond hashes per second
   * @param measuredAt the number of the measurement
   */
  private record Rate(double perSecond, long measuredAt) {}

  /** The rates, in the order of measurement. */
  private final Map<String, Rate> rates = new LinkedHashMap<>();

  private final long firstSize;
  private int slots = 1;
  private double seconds;
  private double leastSeconds;
  private double fastest;
  private double slowest;
  private long measurements;
  private long size;

  /**
   * @param firstSize positions in a range while no rate is known, at least 1
   */
  RangeSizes(long firstSize) {
    if (firstSize < 1) {
      throw new IllegalArgumentException(
          "a range must hold at least 1 position, got a first size of " + firstSize);
    }
    this.firstSize = firstSize;
    this.size = firstSize;
  }

  /**
   * Sets the target.
   *
   * @param slots number of concurrent tasks, at least 1
   * @param time the time a range should take
   * @param least the minimum time for the last ranges of a keyspace
   */
  void aimAt(int slots, Duration time, Duration least) {
    this.slots = slots;
    this.seconds = time.toNanos() * 1e-9;
    this.leastSeconds = least.toNanos() * 1e-9;
  }

  /**
   * Updates the rate of an executor from a scan.
   *
   * @param hashes positions scanned
   * @param nanos the time that took, in nanoseconds
   */
  void measured(String executor, long hashes, long nanos) {
    if (hashes <= 0 || nanos <= 0) {
      return;
    }
    measurements++;
    double newest = hashes * 1e9 / nanos;
    Rate before = rates.remove(executor);
    double rate =
        before == null
            ? newest
            : before.perSecond() + RangeSizer.NEWEST * (newest - before.perSecond());
    rates.put(executor, new Rate(rate, measurements));
    boolean anyGone = forgetSilent();
    boolean wasAtAnEnd =
        before != null && (before.perSecond() == fastest || before.perSecond() == slowest);
    if (anyGone || wasAtAnEnd || rates.size() == 1) {
      DoubleSummaryStatistics all =
          rates.values().stream().mapToDouble(Rate::perSecond).summaryStatistics();
      fastest = all.getMax();
      slowest = all.getMin();
    } else {
      fastest = Math.max(fastest, rate);
      slowest = Math.min(slowest, rate);
    }
    size = (long) Math.max(1, Math.min(fastest * seconds, (double) size * RangeSizer.GROWTH));
  }

  /** Removes executors that are gone, so that memory is bounded and old rates expire. */
  private boolean forgetSilent() {
    boolean any = false;
    Iterator<Rate> eldest = rates.values().iterator();
    while (eldest.hasNext()
        && measurements - eldest.next().measuredAt() > (long) SILENT_RANGES * slots) {
      eldest.remove();
      any = true;
    }
    return any;
  }

  /**
   * Returns the size of the next range. Near the end of a keyspace ranges shrink, so that all tasks
   * end at about the same time, down to what the slowest executor scans in the minimum time.
   *
   * @param left number of positions not yet allocated
   */
  long size(long left) {
    if (rates.isEmpty()) {
      return firstSize;
    }
    double share = Math.max(left / (2.0 * slots), slowest * leastSeconds);
    return (long) Math.max(1, Math.min(size, share));
  }

  /** Returns the time that a range should take: less than the target only near the end. */
  Duration timeOf(long positions) {
    boolean isShare = !rates.isEmpty() && positions < size;
    double time = isShare ? Math.min(seconds, positions / fastest) : seconds;
    return Duration.ofNanos((long) (Math.max(time, leastSeconds) * 1e9));
  }
}
