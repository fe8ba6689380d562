package io.goldennonce.search;

/** How a run ended. */
public enum Outcome {
  FOUND,
  EXHAUSTED,
  DEADLINE,
  INTERRUPTED,
  OUTDATED;

  /** The outcome of a run that was stopped. */
  public static Outcome of(StopReason reason) {
    return switch (reason) {
      case DEADLINE -> DEADLINE;
      case INTERRUPTED -> INTERRUPTED;
      case OUTDATED -> OUTDATED;
    };
  }
}
