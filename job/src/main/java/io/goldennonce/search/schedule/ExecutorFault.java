package io.goldennonce.search.schedule;

import io.goldennonce.search.RangeReport;

/**
 * An executor computed a wrong hash.
 *
 * @param report the attempt's last report
 * @param count how often that executor did so in this run, this time included
 */
public record ExecutorFault(RangeReport report, int count, Consequence consequence) {
  /** What follows, besides that the range is repeated. */
  public enum Consequence {
    /** Nothing more. */
    REPEAT_RANGE,
    /** Everything that the executor did in this run is repeated, and it should be taken away. */
    GIVE_UP_EXECUTOR,
    /** The executor could not be taken away and goes on computing wrong hashes. */
    END_SEARCH
  }
}
