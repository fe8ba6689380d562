package io.goldennonce.search;

/** How a run ended. */
public enum Outcome {
  FOUND,
  EXHAUSTED,
  DEADLINE,
  COST_LIMIT,
  INTERRUPTED,
  OUTDATED;

  /** Returns the outcome of a run that was stopped. */
  public static Outcome of(StopReason reason) {
    return valueOf(reason.name());
  }
}
