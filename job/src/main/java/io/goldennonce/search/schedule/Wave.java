package io.goldennonce.search.schedule;

import java.time.Duration;
import java.util.List;

/**
 * Ranges that are submitted together, one task each.
 *
 * @param number its number in the run, from 1
 * @param assignments the ranges, at least one
 * @param shareBits leading zero bits of a share
 * @param limit scan time after which a task ends
 * @param reportInterval scan time of a task between reports
 */
public record Wave(
    int number,
    List<Assignment> assignments,
    int shareBits,
    Duration limit,
    Duration reportInterval) {
  public Wave {
    assignments = List.copyOf(assignments);
  }

  public long lowest() {
    return assignments.stream().mapToLong(each -> each.range().from()).min().orElseThrow();
  }
}
