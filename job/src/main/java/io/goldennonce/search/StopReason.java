package io.goldennonce.search;

/** Why a search is stopped from outside. */
public enum StopReason {
  /** Its time is over. */
  DEADLINE,
  /** A signal asked the process to end. */
  INTERRUPTED
}
