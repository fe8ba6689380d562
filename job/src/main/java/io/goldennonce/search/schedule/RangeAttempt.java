package io.goldennonce.search.schedule;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.search.KernelFaultException;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at one assignment: scans it piece by piece and reports its progress. */
public final class RangeAttempt {
  /**
   * Where an attempt runs.
   *
   * @param attempt the attempt's id, unique in the Spark application
   * @param host the executor's host
   * @param executor Spark's id of the executor
   */
  public record Place(long attempt, String host, String executor) {}

  private final RangeSearcher searcher;
  private final AttemptProgress progress;
  private @Nullable KernelFaultException fault;

  /**
   * @param searcher used by this attempt only, which resets it
   * @param wanted number of solutions after which it ends, at least 1
   * @param shareBits leading zero bits of a share; 0 for no shares
   * @param limit scan time after which it ends, approximately
   * @param reportInterval scan time between reports, approximately
   */
  public RangeAttempt(
      RangeSearcher searcher,
      Assignment assignment,
      int wanted,
      int shareBits,
      Place place,
      Duration limit,
      Duration reportInterval) {
    this.searcher = searcher;
    searcher.reset(shareBits);
    this.progress = new AttemptProgress(assignment, place, wanted, limit, reportInterval);
  }

  /**
   * Scans until the range is done, enough solutions are found, the time is up, or {@code stop} is
   * true.
   *
   * @param nanoTime a clock such as {@code System::nanoTime}
   * @param reports receives a report at the start, about every report interval, and immediately for
   *     the first solution; the last report is {@link #report}
   */
  public void scan(BooleanSupplier stop, LongSupplier nanoTime, Consumer<RangeReport> reports) {
    long start = nanoTime.getAsLong();
    reports.accept(report());
    try {
      boolean stopped = false;
      while (progress.hasNext() && !stopped) {
        ScanResult result = searcher.search(progress.nextPiece(), stop);
        stopped = !result.hit() && stop.getAsBoolean();
        if (progress.scanned(result.end(), result.hit(), nanoTime.getAsLong() - start)) {
          reports.accept(report());
        }
      }
      progress.ended(stopped ? RangeReport.Phase.STOPPED : RangeReport.Phase.DONE);
    } catch (KernelFaultException e) {
      fault = e;
      progress.ended(RangeReport.Phase.FAULTY);
    }
  }

  /** Returns the wrong hash that ended the attempt, if any. */
  public Optional<KernelFaultException> fault() {
    return Optional.ofNullable(fault);
  }

  /** Ends the attempt, if it is still running. */
  public void end() {
    if (progress.phase() == RangeReport.Phase.RUNNING) {
      progress.ended(RangeReport.Phase.STOPPED);
    }
  }

  /**
   * Returns the searcher for use in another attempt; empty after a fault or a find, which the
   * driver has yet to confirm.
   */
  public Optional<RangeSearcher> soundSearcher() {
    boolean sound =
        progress.phase() == RangeReport.Phase.DONE || progress.phase() == RangeReport.Phase.STOPPED;
    return sound && !progress.isHit() ? Optional.of(searcher) : Optional.empty();
  }

  public RangeReport report() {
    return progress.report(
        searcher.best().orElse(null),
        searcher.shares(),
        searcher.kernel(),
        searcher.device().orElse(null));
  }

  @Override
  public String toString() {
    return progress.toString();
  }
}
