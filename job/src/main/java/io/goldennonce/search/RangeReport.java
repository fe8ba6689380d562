package io.goldennonce.search;

import io.goldennonce.kernel.KernelDevice;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one attempt at a range: the positions from {@code range.from()} to {@code end}
 * were tried, none beyond, and {@code solutions} are all proposed solutions among them. Each report
 * of an attempt includes the earlier ones, so reports may be lost, duplicated, or sent over two
 * channels.
 *
 * @param assignment the assignment's id
 * @param attempt the attempt's id, unique in the Spark application
 * @param end the first position not tried
 * @param solutions positions of the proposed solutions, ascending, at most {@link #MAX_SOLUTIONS}
 * @param phase whether the attempt continues
 * @param nanos scan time so far, in nanoseconds
 * @param best the lowest hash so far; null before the first
 * @param shares all shares so far
 * @param host the executor's host
 * @param executor Spark's id of the executor
 * @param kernel the kernel's name
 * @param device the device that the kernel uses, or used until it was lost; null for the CPU
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
    Shares shares,
    String host,
    String executor,
    String kernel,
    @Nullable KernelDevice device)
    implements Serializable {

  /** Number of solutions after which an attempt ends; the rest of its range is allocated again. */
  public static final int MAX_SOLUTIONS = 256;

  /** The state of an attempt. */
  public enum Phase {
    /** It continues. */
    RUNNING,
    /** It has ended by itself: all is tried, enough solutions are found, or its time is up. */
    DONE,
    /** Its kernel computed a wrong hash, so none of its results can be trusted. */
    FAULTY,
    /** It was stopped: the job is cancelled, or Spark retries the whole range. */
    STOPPED
  }

  public RangeReport {
    solutions = List.copyOf(solutions);
  }

  /** Returns this report as that of an executor, whatever it says itself. */
  public RangeReport from(String trueHost, String trueExecutor) {
    return new RangeReport(
        assignment,
        range,
        attempt,
        end,
        solutions,
        phase,
        nanos,
        best,
        shares,
        trueHost,
        trueExecutor,
        kernel,
        device);
  }

  /** Returns the number of positions tried. */
  public long hashes() {
    return end - range.from();
  }

  /** Returns this report's share of its executor's work: the given new hashes and faults. */
  public ExecutorWork work(long hashes, int faults) {
    List<ExecutorWork.DeviceWork> devices =
        Stream.ofNullable(device)
            // The first hashes after a device is lost may be the CPU's.
            .map(
                used ->
                    new ExecutorWork.DeviceWork(
                        used.id(), used.name(), used.lost() ? 0 : hashes, used.lost()))
            .toList();
    return new ExecutorWork(executor, host, kernel, hashes, faults, devices);
  }

  /**
   * Whether it can be true of an attempt at a range, whatever the hashes are. Otherwise it comes
   * from other code than {@code RangeAttempt}, and no part of it can be used.
   */
  public boolean isPossible(NonceRange assigned) {
    boolean possible =
        range.equals(assigned)
            && range.from() <= end
            && end <= range.to()
            && solutions.size() <= MAX_SOLUTIONS
            && shares.areWellFormed();
    long next = range.from();
    for (long solution : solutions) {
      possible &= next <= solution && solution < end;
      next = solution + 1;
    }
    return possible;
  }

  public boolean isLast() {
    return phase != Phase.RUNNING;
  }
}
