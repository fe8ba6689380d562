package io.goldennonce.search.schedule;

import io.goldennonce.config.Configuration;
import java.time.Duration;

/**
 * How ranges are sized, and how many are audited.
 *
 * @param rangeTime the time a task should take
 * @param firstRange positions in a range while no rate is known, at least 1
 * @param reportInterval scan time of a task between reports
 * @param eventsPerSecond maximum number of task ends, and of reports, that the driver should
 *     receive per second; ranges and report intervals grow to stay below it
 * @param auditShare the part of all work that is done again by other executors, 0 to 1
 */
public record SchedulerSettings(
    Duration rangeTime,
    long firstRange,
    Duration reportInterval,
    int eventsPerSecond,
    double auditShare) {

  /**
   * Returns those of a configuration.
   *
   * @param isOneJvm whether there is no other executor that could audit one
   */
  public static SchedulerSettings of(Configuration.Search search, boolean isOneJvm) {
    return new SchedulerSettings(
        search.rangeTime(),
        search.firstRange(),
        search.reportInterval(),
        search.eventsPerSecond(),
        isOneJvm ? 0 : search.auditShare());
  }
}
