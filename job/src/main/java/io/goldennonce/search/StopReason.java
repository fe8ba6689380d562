package io.goldennonce.search;

/** Why a search is stopped from outside. */
public enum StopReason {
  /** Its time is over. */
  DEADLINE,
  /** A signal asked the process to end. */
  INTERRUPTED,
  /** Nobody wants its solution any more, as the chain's tip has moved or its work is old. */
  OUTDATED
}
