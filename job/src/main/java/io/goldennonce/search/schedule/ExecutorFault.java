package io.goldennonce.search.schedule;

import io.goldennonce.search.RangeReport;

/**
 * An executor has reported what is not true.
 *
 * @param report the attempt's last report
 * @param count the executor's number of faults in this run, including this one
 */
public record ExecutorFault(Kind kind, RangeReport report, int count, Consequence consequence) {
  /** What it has reported. */
  public enum Kind {
    /** A solution or a share that is none, or that its own kernel is faulty. */
    WRONG_HASH,
    /** As scanned, a range in which another executor has found a share that it has not. */
    MISSED_SHARE
  }

  /** What follows, besides scanning the range again. */
  public enum Consequence {
    /** Nothing else. */
    REPEAT_RANGE,
    /** All work of the executor in this run is repeated, and it should be removed. */
    GIVE_UP_EXECUTOR,
    /** The search ends: the executor could not be removed and keeps computing wrong hashes. */
    END_SEARCH
  }
}
