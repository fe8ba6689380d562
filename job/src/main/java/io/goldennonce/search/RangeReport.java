package io.goldennonce.search;

import io.goldennonce.kernel.KernelDevice;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a range says of itself, while it runs and when it ends: the positions {@code
 * range.from()} to {@code end} were tried, none beyond; if {@code hit}, {@code end − 1} is a
 * proposed solution and the only one among them. The reports of an attempt only ever go forward,
 * and each says all that the ones before it said; so they may be lost, doubled or come by two ways.
 *
 * @param assignment the number of what the attempt was given
 * @param range what the attempt was given
 * @param attempt its number, unique in the Spark application
 * @param end the first position not tried
 * @param hit whether the last position tried is a proposed solution
 * @param phase whether the attempt goes on
 * @param nanos how long it has scanned, in nanoseconds
 * @param best the lowest hash it has seen, or nothing before the first
 * @param host where it runs
 * @param executor Spark's id of the executor
 * @param kernel the kernel's name
 * @param device the device that the kernel uses, or used until it was lost; nothing for a processor
 */
public record RangeReport(
    long assignment,
    NonceRange range,
    long attempt,
    long end,
    boolean hit,
    Phase phase,
    long nanos,
    @Nullable LowestHash best,
    String host,
    String executor,
    String kernel,
    @Nullable KernelDevice device)
    implements Serializable {

  /** What an attempt is about to do. */
  public enum Phase {
    /** It goes on. */
    RUNNING,
    /** It has ended by itself: all is tried, or a solution found, or its time is over. */
    DONE,
    /** Its kernel was caught at a wrong hash: nothing it said can be trusted. */
    FAULTY,
    /** It was ended: what it left is cancelled, or Spark tries the whole range again. */
    STOPPED
  }

  /** How many positions were tried. */
  public long hashes() {
    return end - range.from();
  }

  /** Whether nothing comes after this. */
  public boolean isLast() {
    return phase != Phase.RUNNING;
  }

  /** The proposed solution; only if {@code hit}. */
  public long position() {
    if (!hit) {
      throw new IllegalStateException("no hit in " + range);
    }
    return end - 1;
  }
}
