package io.goldennonce.api;

/** How a search ended. */
public enum Outcome {
  /** As many solutions as asked for are found. */
  FOUND,
  /** Every nonce was tried, which is how a search for all solutions ends. */
  EXHAUSTED,
  /** Its time is over. */
  DEADLINE,
  /** It was stopped. */
  STOPPED;

  static Outcome of(io.goldennonce.search.Outcome outcome) {
    return switch (outcome) {
      case FOUND -> FOUND;
      case EXHAUSTED -> EXHAUSTED;
      case DEADLINE -> DEADLINE;
      case INTERRUPTED -> STOPPED;
      case COST_LIMIT, OUTDATED ->
          throw new IllegalArgumentException("no search of a program ends as " + outcome);
    };
  }
}
