package io.goldennonce.spark;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.search.KernelFaultException;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.RangeSizer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at one range: scans it piece by piece, and says after each how far it came. */
final class RangeAttempt {
  private static final Logger LOG = LoggerFactory.getLogger(RangeAttempt.class);

  /** Positions in the first piece, about 10 ms of the slowest kernel. */
  private static final long FIRST_PIECE = 1 << 15;

  private final RangeSearcher searcher;
  private final NonceRange range;
  private final long attempt;
  private final String host = SparkEnv.get().blockManager().blockManagerId().host();
  private final String executor = SparkEnv.get().executorId();

  private long end;
  private boolean hit;
  private RangeReport.Phase phase = RangeReport.Phase.RUNNING;
  private long nanos;

  /** An attempt that the searcher is used for alone. */
  RangeAttempt(RangeSearcher searcher, NonceRange range, long attempt) {
    this.searcher = searcher;
    this.range = range;
    this.attempt = attempt;
    this.end = range.from();
  }

  /**
   * Scans the range until it is done, a solution is found, the time is over or {@code stop} is
   * true.
   *
   * @param limitNanos about how long it may take
   * @param reportNanos about how long it scans between two reports
   * @param reports told at the begin, about every {@code reportNanos}, and of a solution at once
   */
  void scan(
      BooleanSupplier stop, long limitNanos, long reportNanos, Consumer<RangeReport> reports) {
    reports.accept(report());
    try {
      boolean stopped = scanPieces(stop, limitNanos, reportNanos, reports);
      phase = stopped ? RangeReport.Phase.STOPPED : RangeReport.Phase.DONE;
    } catch (KernelFaultException e) {
      LOG.warn("{}", e.getMessage());
      phase = RangeReport.Phase.FAULTY;
    }
  }

  private boolean scanPieces(
      BooleanSupplier stop, long limitNanos, long reportNanos, Consumer<RangeReport> reports) {
    RangeSizer pieces = new RangeSizer(Duration.ofNanos(reportNanos), FIRST_PIECE);
    long start = System.nanoTime();
    long reported = 0;
    boolean stopped = false;
    while (end < range.to() && !hit && !stopped && nanos < limitNanos) {
      long from = end;
      NonceRange piece = new NonceRange(from, from + Math.min(pieces.size(), range.to() - from));
      ScanResult result = searcher.search(piece, stop);
      end = result.end();
      hit = result.hit();
      stopped = !hit && stop.getAsBoolean();
      long now = System.nanoTime() - start;
      pieces.measured(end - from, now - nanos);
      nanos = now;
      // The first pieces grow to their size quickly and are not worth a message each.
      if (hit || (end < range.to() && nanos - reported >= reportNanos / 2)) {
        reports.accept(report());
        reported = nanos;
      }
    }
    return stopped;
  }

  /** Says that whatever was not done will not be. */
  void end() {
    if (phase == RangeReport.Phase.RUNNING) {
      phase = RangeReport.Phase.STOPPED;
    }
  }

  /**
   * The searcher, for another attempt; nothing after a fault, or after a find: the driver has yet
   * to confirm it.
   */
  Optional<RangeSearcher> soundSearcher() {
    boolean sound = phase == RangeReport.Phase.DONE || phase == RangeReport.Phase.STOPPED;
    return sound && !hit ? Optional.of(searcher) : Optional.empty();
  }

  /** What can be said of the attempt now. */
  RangeReport report() {
    return new RangeReport(
        range,
        attempt,
        end,
        hit,
        phase,
        nanos,
        searcher.best().orElse(null),
        host,
        executor,
        searcher.kernel());
  }

  @Override
  public String toString() {
    return "attempt " + attempt + " at " + range;
  }
}
