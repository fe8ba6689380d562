package io.goldennonce.plan;

import java.time.Duration;

/**
 * The forecast for a search at a steady rate. Times are seconds from the request to start.
 *
 * @param odds of each hash
 * @param rate hashes per second of all cores together, more than 0
 * @param startup time before the first hash
 */
public record Forecast(Odds odds, double rate, Duration startup) {
  public Forecast {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "a rate must be more than 0 hashes per second, got " + rate);
    }
  }

  /**
   * Returns the time of a solution with a given confidence; infinite if the keyspace is too small.
   */
  public double seconds(double confidence) {
    return startupSeconds() + odds.hashesFor(confidence) / rate;
  }

  /** The probability that a solution is found within a number of seconds. */
  public double chanceBy(double seconds) {
    return odds.chance(rate * (seconds - startupSeconds()));
  }

  /**
   * The mean time of a search that is stopped after a number of seconds or at the end of the
   * keyspace: {@code startup + ∫ P(not found by t) dt}.
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
