package io.goldennonce.plan;

import java.time.Duration;

/**
 * What to expect of a search at a steady rate. Times are seconds from the order to start.
 *
 * @param odds of each hash
 * @param rate hashes a second of all cores together, more than 0
 * @param startup time in which nothing is hashed yet
 */
public record Forecast(Odds odds, double rate, Duration startup) {
  public Forecast {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("a rate must be more than 0 hashes a second, got " + rate);
    }
  }

  /**
   * When a solution is found with the given confidence; infinite where the keyspace is too small.
   */
  public double seconds(double confidence) {
    return startupSeconds() + odds.hashesFor(confidence) / rate;
  }

  /** The probability that a solution is found in so many seconds. */
  public double chanceBy(double seconds) {
    return odds.chance(rate * (seconds - startupSeconds()));
  }

  /**
   * How long it takes on average, where it is stopped after so many seconds, or with the keyspace's
   * end: {@code startup + ∫ P(not found by t) dt}.
   */
  public double meanSeconds(double stopAfter) {
    double searching = Math.min(Math.max(0, stopAfter - startupSeconds()), odds.positions() / rate);
    double decay = -rate * Math.log1p(-odds.probability());
    double mean = -Math.expm1(-decay * searching) / decay;
    return Math.min(stopAfter, startupSeconds() + (Double.isInfinite(decay) ? 0 : mean));
  }

  private double startupSeconds() {
    return startup.toNanos() * 1e-9;
  }
}
