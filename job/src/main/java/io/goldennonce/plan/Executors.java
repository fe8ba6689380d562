package io.goldennonce.plan;

import java.time.Duration;

/**
 * A number of identical executors.
 *
 * @param cores tasks that one runs concurrently, at least 1
 * @param ratePerCore hashes per second of one core, more than 0
 * @param startup from the request to start until they hash
 * @param max the largest possible number, at least 1
 */
public record Executors(int cores, double ratePerCore, Duration startup, int max) {
  public Executors {
    if (cores < 1 || max < 1) {
      throw new IllegalArgumentException(
          "cores and executors must be 1 or more, got " + cores + " and " + max);
    }
    if (!(ratePerCore > 0) || Double.isInfinite(ratePerCore)) {
      throw new IllegalArgumentException(
          "a rate must be more than 0 hashes per second, got " + ratePerCore);
    }
  }

  /** Hashes per second of one executor. */
  public double rate() {
    return cores * ratePerCore;
  }

  public Forecast forecast(Odds odds, int executors) {
    return new Forecast(odds, executors * rate(), startup);
  }
}
