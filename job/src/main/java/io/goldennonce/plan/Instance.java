package io.goldennonce.plan;

import java.time.Duration;

/**
 * A machine type that can be rented.
 *
 * @param name the vendor's name for it
 * @param cores its vCPUs, or its GPUs where it has any; at least 1
 * @param ratePerCore hashes per second of one of them while all are busy; more than 0
 * @param pricePerHour price of one machine per hour with all fees, more than 0
 * @param rateIs where the rate is from, in a word
 */
public record Instance(
    String name, int cores, double ratePerCore, double pricePerHour, String rateIs) {
  private static final double HOUR = 3_600;

  /** Hashes per second of one machine. */
  public double rate() {
    return cores * ratePerCore;
  }

  /** What a hash costs while the machine is busy. */
  public double pricePerHash() {
    return pricePerSecond() / rate();
  }

  double pricePerSecond() {
    return pricePerHour / HOUR;
  }

  /** The smallest number of machines that reaches a rate, at most 2^31 − 1. */
  public int countFor(double totalRate) {
    return (int) Math.max(1, Math.ceil(totalRate / rate()));
  }

  /** The smallest number of machines that has a number of cores, at most 2^31 − 1. */
  public int countForCores(long wanted) {
    return (int) Math.ceil((double) wanted / cores);
  }

  /**
   * The probability and the cost of a number of machines.
   *
   * @param count 0 or more
   * @param stopAfter seconds from the request to start, start-up included
   */
  public Offer offer(Odds odds, int count, Duration startup, double stopAfter) {
    if (count == 0) {
      return new Offer(this, 0, odds.expectedHashes() * pricePerHash(), 0, 0, 0);
    }
    Forecast forecast = new Forecast(odds, count * rate(), startup);
    double second = count * pricePerSecond();
    return new Offer(
        this,
        count,
        odds.expectedHashes() * pricePerHash(),
        forecast.chanceBy(stopAfter),
        second * forecast.meanSeconds(stopAfter),
        second * stopAfter);
  }
}
