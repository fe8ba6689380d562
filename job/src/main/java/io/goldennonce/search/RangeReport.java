package io.goldennonce.search;

import java.io.Serializable;

/**
 * What a task says of its range: the positions {@code range.from()} to {@code end} were tried, none
 * beyond; if {@code hit}, {@code end − 1} is a proposed solution and the only one among them.
 *
 * @param range what the task was given
 * @param end the first position not tried
 * @param hit whether the last position tried is a proposed solution
 * @param nanos how long the scan took, in nanoseconds
 * @param host where it ran
 * @param executor Spark's id of the executor
 * @param kernel the kernel's name
 */
public record RangeReport(
    NonceRange range,
    long end,
    boolean hit,
    long nanos,
    String host,
    String executor,
    String kernel)
    implements Serializable {

  /** How many positions were tried. */
  public long hashes() {
    return end - range.from();
  }

  /** The proposed solution; only if {@code hit}. */
  public long position() {
    if (!hit) {
      throw new IllegalStateException("no hit in " + range);
    }
    return end - 1;
  }
}
