package io.goldennonce.spark;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.RangeSizer;
import io.goldennonce.search.SearchSpec;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;

/** One attempt at one range: scans it piece by piece, and says after each how far it came. */
final class RangeAttempt {
  /** Positions in the first piece, about 10 ms of the slowest kernel. */
  private static final long FIRST_PIECE = 1 << 15;

  private final RangeSearcher searcher;
  private final NonceRange range;
  private final long attempt;
  private final String host = SparkEnv.get().blockManager().blockManagerId().host();
  private final String executor = SparkEnv.get().executorId();

  private long end;
  private boolean hit;
  private long nanos;

  RangeAttempt(SearchSpec spec, String kernelName, NonceRange range, long attempt) {
    this.searcher = new RangeSearcher(spec, kernelName);
    this.range = range;
    this.attempt = attempt;
    this.end = range.from();
  }

  /**
   * Scans the range until it is done, a solution is found or {@code stop} is true.
   *
   * @param reportNanos about how long a piece takes
   * @param reports told after each piece but the last
   */
  void scan(BooleanSupplier stop, long reportNanos, Consumer<RangeReport> reports) {
    RangeSizer pieces = new RangeSizer(Duration.ofNanos(reportNanos), FIRST_PIECE);
    long start = System.nanoTime();
    long pieceStart = start;
    while (end < range.to() && !hit && !stop.getAsBoolean()) {
      long from = end;
      NonceRange piece = new NonceRange(from, from + Math.min(pieces.size(), range.to() - from));
      ScanResult result = searcher.search(piece, stop);
      end = result.end();
      hit = result.hit();
      long now = System.nanoTime();
      nanos = now - start;
      pieces.measured(end - from, now - pieceStart);
      pieceStart = now;
      if (hit || end < range.to()) {
        reports.accept(report(false));
      }
    }
  }

  /** What can be said of the attempt now. */
  RangeReport report(boolean last) {
    return new RangeReport(
        range,
        attempt,
        end,
        hit,
        last,
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
