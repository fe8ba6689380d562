package io.goldennonce.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one attempt at an assignment has come: which piece it scans next, when it reports, when
 * it lets go. It scans nothing and has no clock. Not thread-safe.
 */
final class AttemptProgress {
  /** Positions in the first piece, about 10 ms of the slowest kernel. */
  private static final long FIRST_PIECE = 1 << 15;

  /**
   * Where an attempt runs.
   *
   * @param attempt its number, unique in the Spark application
   * @param executor Spark's id of the executor
   */
  record Place(long attempt, String host, String executor) {}

  private final Assignment assignment;
  private final NonceRange range;
  private final Place place;
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
   * @param wanted solutions after which it lets go, at least 1
   * @param limit about how long it may take
   * @param reportInterval about how long it scans between two reports
   */
  AttemptProgress(
      Assignment assignment, Place place, int wanted, Duration limit, Duration reportInterval) {
    this.wanted = Math.min(wanted, RangeReport.MAX_SOLUTIONS);
    this.assignment = assignment;
    this.range = assignment.range();
    this.place = place;
    this.limitNanos = limit.toNanos();
    this.reportNanos = reportInterval.toNanos();
    this.pieces = new RangeSizer(reportInterval, FIRST_PIECE);
    this.end = range.from();
  }

  /** Whether there is a piece to scan: it has not ended, and its time is not over. */
  boolean goesOn() {
    return phase == RangeReport.Phase.RUNNING
        && solutions.size() < wanted
        && end < range.to()
        && nanos < limitNanos;
  }

  /** What to scan next. */
  NonceRange nextPiece() {
    return new NonceRange(end, end + Math.min(pieces.size(), range.to() - end));
  }

  /**
   * The next piece was scanned, or its beginning.
   *
   * @param newEnd the first position not tried
   * @param isHit whether the last position tried is a proposed solution
   * @param nanosNow how long the attempt has scanned
   * @return whether to report that now
   */
  boolean scanned(long newEnd, boolean isHit, long nanosNow) {
    pieces.measured(newEnd - end, nanosNow - nanos);
    end = newEnd;
    nanos = nanosNow;
    if (isHit) {
      solutions.add(end - 1);
    }
    // The first pieces grow to their size quickly and are not worth a message each; nor are many
    // solutions that follow close upon each other.
    boolean due =
        (isHit && (solutions.size() == 1 || !goesOn()))
            || (end < range.to() && nanos - reported >= reportNanos / 2);
    if (due) {
      reported = nanos;
    }
    return due;
  }

  /** Nothing more is scanned. */
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
   * What can be said now.
   *
   * @param best the lowest hash seen
   * @param kernel the kernel's name
   */
  RangeReport report(@Nullable LowestHash best, String kernel) {
    return new RangeReport(
        assignment.id(),
        range,
        place.attempt(),
        end,
        solutions,
        phase,
        nanos,
        best,
        place.host(),
        place.executor(),
        kernel);
  }

  @Override
  public String toString() {
    return "attempt " + place.attempt() + " at " + range;
  }
}
