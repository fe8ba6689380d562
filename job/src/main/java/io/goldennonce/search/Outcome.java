package io.goldennonce.search;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
  FOUND,
  EXHAUSTED,
  DEADLINE,
  COST_LIMIT,
  INTERRUPTED,
  OUTDATED;

  /** Returns its name in tables and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the outcome of a run that was stopped. */
  public static Outcome of(StopReason reason) {
    return valueOf(reason.name());
  }
}
