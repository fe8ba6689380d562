package io.goldennonce.search;

import io.goldennonce.kernel.KernelDevice;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a range says of itself, while it runs and when it ends: the positions {@code
 * range.from()} to {@code end} were tried, none beyond, and {@code solutions} are all proposed
 * solutions among them. The reports of an attempt only ever go forward, and each says all that the
 * ones before it said; so they may be lost, doubled or come by two ways.
 *
 * @param assignment the number of what the attempt was given
 * @param range what the attempt was given
 * @param attempt its number, unique in the Spark application
 * @param end the first position not tried
 * @param solutions positions of the proposed solutions, ascending, at most {@link #MAX_SOLUTIONS}
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
    List<Long> solutions,
    Phase phase,
    long nanos,
    @Nullable LowestHash best,
    String host,
    String executor,
    String kernel,
    @Nullable KernelDevice device)
    implements Serializable {

  /** Solutions after which an attempt ends; what it has not tried is sent out again. */
  public static final int MAX_SOLUTIONS = 256;

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

  public RangeReport {
    solutions = List.copyOf(solutions);
  }

  /** How many positions were tried. */
  public long hashes() {
    return end - range.from();
  }

  /** What is new in it, as its executor's work. */
  public ExecutorWork work(long hashes, int faults) {
    KernelDevice used = device;
    return used == null
        ? new ExecutorWork(executor, host, kernel, hashes, faults)
        : new ExecutorWork(
            executor,
            host,
            kernel,
            hashes,
            faults,
            // What is new with the report of a loss may be the processor's already.
            List.of(
                new ExecutorWork.DeviceWork(
                    used.id(), used.name(), used.lost() ? 0 : hashes, used.lost())));
  }

  /** Whether nothing comes after this. */
  public boolean isLast() {
    return phase != Phase.RUNNING;
  }
}
