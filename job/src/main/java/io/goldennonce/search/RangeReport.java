package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a range says of itself, while it runs and when it ends: the positions {@code
 * range.from()} to {@code end} were tried, none beyond; if {@code hit}, {@code end − 1} is a
 * proposed solution and the only one among them. The reports of an attempt only ever go forward,
 * and each says all that the ones before it said; so they may be lost, doubled or come by two ways.
 *
 * @param range what the attempt was given
 * @param attempt its number, unique in the Spark application
 * @param end the first position not tried
 * @param hit whether the last position tried is a proposed solution
 * @param last whether the attempt has ended, so that nothing comes after
 * @param nanos how long it has scanned, in nanoseconds
 * @param best the lowest hash it has seen, or nothing before the first
 * @param host where it runs
 * @param executor Spark's id of the executor
 * @param kernel the kernel's name
 */
public record RangeReport(
    NonceRange range,
    long attempt,
    long end,
    boolean hit,
    boolean last,
    long nanos,
    @Nullable Hash256 best,
    String host,
    String executor,
    String kernel)
    implements Serializable {

  /** How many positions were tried. */
  public long hashes() {
    return end - range.from();
  }

  /** Whether the attempt has done all that it was given: tried every position, or found one. */
  public boolean isComplete() {
    return last && (hit || end == range.to());
  }

  /** The proposed solution; only if {@code hit}. */
  public long position() {
    if (!hit) {
      throw new IllegalStateException("no hit in " + range);
    }
    return end - 1;
  }
}
