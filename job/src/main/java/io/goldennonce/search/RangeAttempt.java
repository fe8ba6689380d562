package io.goldennonce.search;

import io.goldennonce.kernel.ScanResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at one assignment: scans it piece by piece, and reports how far it came. */
public final class RangeAttempt {
  private final RangeSearcher searcher;
  private final AttemptProgress progress;
  private @Nullable KernelFaultException fault;

  /**
   * @param searcher used for this attempt alone
   * @param wanted solutions after which it lets go, at least 1
   * @param attempt its number, unique in the Spark application
   * @param host where it runs
   * @param executor Spark's id of the executor
   * @param limit about how long it may take
   * @param reportInterval about how long it scans between two reports
   */
  public RangeAttempt(
      RangeSearcher searcher,
      Assignment assignment,
      int wanted,
      long attempt,
      String host,
      String executor,
      Duration limit,
      Duration reportInterval) {
    this.searcher = searcher;
    this.progress =
        new AttemptProgress(
            assignment,
            new AttemptProgress.Place(attempt, host, executor),
            wanted,
            limit,
            reportInterval);
  }

  /**
   * Scans until the range is done, enough solutions are found, the time is over or {@code stop} is
   * true.
   *
   * @param nanoTime {@code System::nanoTime}, or what stands for it
   * @param reports given a report at the start, about every report interval, and of the first
   *     solution at once; the last one is {@link #report}
   */
  public void scan(BooleanSupplier stop, LongSupplier nanoTime, Consumer<RangeReport> reports) {
    long start = nanoTime.getAsLong();
    reports.accept(report());
    try {
      boolean stopped = false;
      while (progress.goesOn() && !stopped) {
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

  /** Why the attempt is faulty, if it is. */
  public Optional<KernelFaultException> fault() {
    return Optional.ofNullable(fault);
  }

  /** Says that whatever was not done will not be. */
  public void end() {
    if (progress.phase() == RangeReport.Phase.RUNNING) {
      progress.ended(RangeReport.Phase.STOPPED);
    }
  }

  /**
   * The searcher, for another attempt; nothing after a fault, or after a find: the driver has yet
   * to confirm it.
   */
  public Optional<RangeSearcher> soundSearcher() {
    boolean sound =
        progress.phase() == RangeReport.Phase.DONE || progress.phase() == RangeReport.Phase.STOPPED;
    return sound && !progress.isHit() ? Optional.of(searcher) : Optional.empty();
  }

  /** What can be said of the attempt now. */
  public RangeReport report() {
    return progress.report(searcher.best().orElse(null), searcher.kernel());
  }

  @Override
  public String toString() {
    return progress.toString();
  }
}
