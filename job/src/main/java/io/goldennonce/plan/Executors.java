package io.goldennonce.plan;

import java.time.Duration;

/**
 * Executors that are all alike.
 *
 * @param cores tasks that one runs at once, at least 1
 * @param ratePerCore hashes a second of one core, more than 0
 * @param startup from the order to start until they hash
 * @param max how many there can be at most, at least 1
 */
public record Executors(int cores, double ratePerCore, Duration startup, int max) {
  public Executors {
    if (cores < 1 || max < 1) {
      throw new IllegalArgumentException(
          "cores and executors must be 1 or more, got " + cores + " and " + max);
    }
    if (!(ratePerCore > 0) || Double.isInfinite(ratePerCore)) {
      throw new IllegalArgumentException(
          "a rate must be more than 0 hashes a second, got " + ratePerCore);
    }
  }

  /** Hashes a second of one. */
  public double rate() {
    return cores * ratePerCore;
  }

  /** What to expect of so many. */
  public Forecast forecast(Odds odds, int executors) {
    return new Forecast(odds, executors * rate(), startup);
  }
}
