package io.goldennonce.search;

/** Why a search is stopped. */
public enum StopReason {
  /** Its deadline has passed. */
  DEADLINE,
  /** Its executors have cost as much as they may. */
  COST_LIMIT,
  /** The process received a signal. */
  INTERRUPTED,
  /** Its solution is no longer needed: the chain's tip has moved, or the work has expired. */
  OUTDATED
}
