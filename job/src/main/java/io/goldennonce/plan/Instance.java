package io.goldennonce.plan;

import java.time.Duration;

/**
 * A kind of machine that can be rented.
 *
 * @param name what its vendor calls it
 * @param cores its vCPUs, at least 1
 * @param ratePerCore hashes a second of one vCPU, all of them busy; more than 0
 * @param pricePerHour what one costs an hour with all fees, more than 0
 */
public record Instance(String name, int cores, double ratePerCore, double pricePerHour) {
  private static final double HOUR = 3_600;

  /** Hashes a second of one. */
  public double rate() {
    return cores * ratePerCore;
  }

  /** What one costs a second. */
  double pricePerSecond() {
    return pricePerHour / HOUR;
  }

  /** The fewest that give so many hashes a second, 2^31 − 1 at most. */
  public int countFor(double totalRate) {
    return (int) Math.max(1, Math.ceil(totalRate / rate()));
  }

  /** The fewest that have so many cores, 2^31 − 1 at most. */
  public int countForCores(long wanted) {
    return (int) Math.ceil((double) wanted / cores);
  }

  /**
   * What so many of them can do, and cost.
   *
   * @param count 0 or more
   * @param stopAfter seconds from the order to start, start-up included
   */
  public Offer offer(Odds odds, int count, Duration startup, double stopAfter) {
    if (count == 0) {
      return new Offer(this, 0, 0, 0, 0);
    }
    Forecast forecast = new Forecast(odds, count * rate(), startup);
    double second = count * pricePerSecond();
    return new Offer(
        this,
        count,
        forecast.chanceBy(stopAfter),
        second * forecast.meanSeconds(stopAfter),
        second * stopAfter);
  }
}
