package io.goldennonce.search.schedule;

import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.Shares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one attempt at an assignment: which piece to scan next, when to report, and when
 * to end. It neither scans nor reads a clock. Not thread-safe.
 */
final class AttemptProgress {
  /** Positions in the first piece, about 10 ms of the slowest kernel. */
  private static final long FIRST_PIECE = 1 << 15;

  private final Assignment assignment;
  private final NonceRange range;
  private final RangeAttempt.Place place;
  private final long limitNanos;
  private final long reportNanos;
  private final RangeSizer pieces;
  private long end;
  private long nanos;
  private long reported;
  private final int wanted;
  private final List<Long> solutions = new ArrayList<>();
  private RangeReport.Phase phase = RangeReport.Phase.RUNNING;

  /**
   * @param wanted number of solutions after which it ends, at least 1
   * @param limit scan time after which it ends, approximately
   * @param reportInterval scan time between reports, approximately
   */
  AttemptProgress(
      Assignment assignment,
      RangeAttempt.Place place,
      int wanted,
      Duration limit,
      Duration reportInterval) {
    this.wanted = Math.min(wanted, RangeReport.MAX_SOLUTIONS);
    this.assignment = assignment;
    this.range = assignment.range();
    this.place = place;
    this.limitNanos = limit.toNanos();
    this.reportNanos = reportInterval.toNanos();
    this.pieces = new RangeSizer(reportInterval, FIRST_PIECE);
    this.end = range.from();
  }

  /** Whether there is a piece to scan: the attempt has not ended, and its time is not up. */
  boolean hasNext() {
    return phase == RangeReport.Phase.RUNNING
        && solutions.size() < wanted
        && end < range.to()
        && nanos < limitNanos;
  }

  NonceRange nextPiece() {
    return new NonceRange(end, end + Math.min(pieces.size(), range.to() - end));
  }

  /**
   * Records the scan of the next piece or of its beginning.
   *
   * @param newEnd the first position not tried
   * @param isHit whether the last position tried is a proposed solution
   * @param nanosNow scan time of the attempt so far
   * @return whether to report now
   */
  boolean scanned(long newEnd, boolean isHit, long nanosNow) {
    pieces.measured(newEnd - end, nanosNow - nanos);
    end = newEnd;
    nanos = nanosNow;
    if (isHit) {
      solutions.add(end - 1);
    }
    // The first pieces grow quickly and are not worth a message each; nor are many solutions in
    // quick succession.
    boolean due =
        (isHit && (solutions.size() == 1 || !hasNext()))
            || (end < range.to() && nanos - reported >= reportNanos / 2);
    if (due) {
      reported = nanos;
    }
    return due;
  }

  void ended(RangeReport.Phase how) {
    phase = how;
  }

  RangeReport.Phase phase() {
    return phase;
  }

  boolean isHit() {
    return !solutions.isEmpty();
  }

  /**
   * Creates a report of the current progress.
   *
   * @param best the lowest hash so far
   * @param shares all shares so far
   * @param kernel the kernel's name
   * @param device the device in use; null for the CPU
   */
  RangeReport report(
      @Nullable LowestHash best, Shares shares, String kernel, @Nullable KernelDevice device) {
    return new RangeReport(
        assignment.id(),
        range,
        place.attempt(),
        end,
        solutions,
        phase,
        nanos,
        best,
        shares,
        place.host(),
        place.executor(),
        kernel,
        device);
  }

  @Override
  public String toString() {
    return "attempt " + place.attempt() + " at " + range;
  }
}
