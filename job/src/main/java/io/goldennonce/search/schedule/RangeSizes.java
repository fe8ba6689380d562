package io.goldennonce.search.schedule;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes ranges by the rate of each executor. Nobody knows which executor Spark will give a range
 * to. So a range is as large as what the fastest one scans in the time aimed at, and whoever is
 * slower lets go of the rest when its time is over: each executor gets a range of its own size, by
 * its own clock. Not thread-safe.
 */
final class RangeSizes {
  /** Weight of the newest measurement: a rate follows a change within a few ranges. */
  private static final double NEWEST = 0.3;

  /** A range grows by no more than this at once, as the first rates are a cold JVM's. */
  private static final int GROWTH = 4;

  /** An executor that is silent while each slot has ended this many ranges is gone. */
  private static final int SILENT_RANGES = 8;

  /**
   * How fast one slot of an executor is.
   *
   * @param perSecond hashes per second
   * @param measuredAt the number of the measurement
   */
  private record Rate(double perSecond, long measuredAt) {}

  /** The rates, the one that was measured last at the end. */
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
   * Says what to aim at.
   *
   * @param slots tasks at once, at least 1
   * @param time how long a range should take
   * @param least what the last ranges of a keyspace should take at least
   */
  void aimAt(int slots, Duration time, Duration least) {
    this.slots = slots;
    this.seconds = time.toNanos() * 1e-9;
    this.leastSeconds = least.toNanos() * 1e-9;
  }

  /**
   * Learns from a scan.
   *
   * @param hashes positions scanned
   * @param nanos how long that took, in nanoseconds
   */
  void measured(String executor, long hashes, long nanos) {
    if (hashes <= 0 || nanos <= 0) {
      return;
    }
    measurements++;
    double newest = hashes * 1e9 / nanos;
    Rate before = rates.remove(executor);
    double rate =
        before == null ? newest : before.perSecond() + NEWEST * (newest - before.perSecond());
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
    size = (long) Math.max(1, Math.min(fastest * seconds, (double) size * GROWTH));
  }

  /** Forgets executors that are gone, so that the memory is bounded and no rate stays for ever. */
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
   * Positions that a range should hold now: near a keyspace's end ever fewer, so that all tasks end
   * at about the same time, down to what the slowest executor scans in the least time.
   *
   * @param left positions that no range holds yet
   */
  long size(long left) {
    if (rates.isEmpty()) {
      return firstSize;
    }
    double share = Math.max(left / (2.0 * slots), slowest * leastSeconds);
    return (long) Math.max(1, Math.min(size, share));
  }

  /** How long a range of a size should take: less than the time aimed at near the end only. */
  Duration timeOf(long positions) {
    boolean isShare = !rates.isEmpty() && positions < size;
    double time = isShare ? Math.min(seconds, positions / fastest) : seconds;
    return Duration.ofNanos((long) (Math.max(time, leastSeconds) * 1e9));
  }
}
