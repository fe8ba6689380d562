package io.goldennonce.plan;

/**
 * A run that was planned, and what came of it.
 *
 * @param expected the plan
 * @param seconds how long it searched
 * @param hashes how many it computed in that time
 * @param end how it ended
 */
public record PlannedRun(Expectation expected, double seconds, double hashes, End end) {
  /** How a run ended, as far as a plan is concerned. */
  public enum End {
    FOUND,
    /** Nothing is there to be found. */
    EXHAUSTED,
    /** A deadline or a person stopped it. */
    STOPPED
  }

  /** Hashes a second over those planned. */
  double pace() {
    return hashes / seconds / expected.rate();
  }
}
