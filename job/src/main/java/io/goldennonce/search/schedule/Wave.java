package io.goldennonce.search.schedule;

import java.time.Duration;
import java.util.List;

/**
 * Ranges that are sent out together, a task each.
 *
 * @param number its number in the run, counted from 1
 * @param assignments the ranges, at least one
 * @param limit when a task lets go of what it has not scanned
 * @param reportInterval how long a task scans between two reports
 */
public record Wave(
    int number, List<Assignment> assignments, Duration limit, Duration reportInterval) {
  public Wave {
    assignments = List.copyOf(assignments);
  }

  /** The lowest position in it. */
  public long lowest() {
    return assignments.stream().mapToLong(each -> each.range().from()).min().orElseThrow();
  }
}
