package io.goldennonce.spark;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long things take, so that the driver is not asked too often however many tasks there are.
 *
 * @param least what no range shall fall below, unless there is no more to do
 * @param range how long a range shall take
 * @param report how long a task scans between two reports
 */
record Pace(Duration least, Duration range, Duration report) implements Serializable {
  /** A slow executor's task may take so many times as long as it should before it lets go. */
  private static final int PATIENCE = 2;

  /** The pace for a number of tasks at once. */
  static Pace of(SparkSearch.Settings settings, int slots) {
    Duration least =
        Duration.ofSeconds(1).multipliedBy(slots).dividedBy(settings.eventsPerSecond());
    return new Pace(
        least, longer(settings.rangeTime(), least), longer(settings.reportInterval(), least));
  }

  /** When a task lets go of what it has not done. */
  Duration limit() {
    return range.multipliedBy(PATIENCE);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
