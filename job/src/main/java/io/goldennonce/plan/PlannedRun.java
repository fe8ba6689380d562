package io.goldennonce.plan;

/**
 * A planned run and its result.
 *
 * @param seconds search time
 * @param hashes number of hashes computed in that time
 */
public record PlannedRun(Expectation expected, double seconds, double hashes, End end) {
  /** How a run ended, from the plan's point of view. */
  public enum End {
    FOUND,
    /** The keyspace holds no solution. */
    EXHAUSTED,
    /** A deadline or a person stopped it. */
    STOPPED
  }

  /** Actual over planned hashes per second. */
  double pace() {
    return hashes / seconds / expected.rate();
  }
}
