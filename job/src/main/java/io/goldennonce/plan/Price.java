package io.goldennonce.plan;

/**
 * What executors cost: a fee for each, and one for each of its cores.
 *
 * @param perExecutorHour 0 or more
 * @param perCoreHour 0 or more
 */
public record Price(double perExecutorHour, double perCoreHour) {
  private static final double HOUR = 3_600;

  /** The cost of some time of executors and of their cores. */
  double of(double executorSeconds, double coreSeconds) {
    return (perExecutorHour * executorSeconds + perCoreHour * coreSeconds) / HOUR;
  }
}
