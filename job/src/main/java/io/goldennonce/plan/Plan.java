package io.goldennonce.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * A search on a number of executors.
 *
 * @param executors how many; if the plan cannot be met, the number that comes closest
 * @param deadline when the search is stopped, from the request to start
 * @param shortfall why the request cannot be met, if it cannot
 */
public record Plan(
    int executors, Forecast forecast, Optional<Duration> deadline, Optional<Shortfall> shortfall) {

  /** A fixed number of executors, whatever the result. */
  public static Plan of(Odds odds, Executors kind, int executors, Optional<Duration> deadline) {
    return new Plan(executors, kind.forecast(odds, executors), deadline, Optional.empty());
  }

  /**
   * The fewest executors that find a solution by the deadline with the given confidence: {@code n =
   * ln(1−c) / (ln(1−p) · rate · (T−startup))}.
   *
   * @param confidence more than 0 and less than 1
   */
  public static Plan of(Odds odds, Executors kind, double confidence, Duration deadline) {
    Forecast greatest = kind.forecast(odds, kind.max());
    double searching = deadline.minus(kind.startup()).toNanos() * 1e-9;
    if (odds.hashesFor(confidence) == Double.POSITIVE_INFINITY) {
      double needed = searching > 0 ? odds.positions() / (kind.rate() * searching) : kind.max();
      return unmet(odds, kind, needed, deadline, Shortfall.keyspace(odds, confidence));
    }
    if (searching <= 0) {
      return unmet(
          odds,
          kind,
          kind.max(),
          deadline,
          Shortfall.startup(greatest, kind.max(), confidence, deadline));
    }
    double needed = odds.hashesFor(confidence) / (kind.rate() * searching);
    if (needed > kind.max()) {
      return unmet(
          odds,
          kind,
          needed,
          deadline,
          Shortfall.executors(greatest, needed, kind.max(), confidence, deadline));
    }
    return of(odds, kind, atLeast(needed, kind), Optional.of(deadline));
  }

  private static Plan unmet(
      Odds odds, Executors kind, double needed, Duration deadline, Shortfall shortfall) {
    int nearest = atLeast(needed, kind);
    return new Plan(
        nearest, kind.forecast(odds, nearest), Optional.of(deadline), Optional.of(shortfall));
  }

  private static int atLeast(double needed, Executors kind) {
    return (int) Math.max(1, Math.min(kind.max(), Math.ceil(needed)));
  }
}
