package io.goldennonce.search.schedule;

import io.goldennonce.search.HashCheck;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One run of a search in the calling thread, which scans what its {@link Scheduler} sends out. */
public final class DirectSearch {
  private static final int SLOTS = 1;

  private final SearchSpec spec;
  private final String kernel;
  private final Scheduler scheduler;
  private final StopSignal stop;
  private final RunReporter reporter;
  private RangeSearcher searcher;
  private long attempts;

  private DirectSearch(
      SearchSpec spec,
      String kernel,
      SchedulerSettings settings,
      StopSignal stop,
      SearchObserver observer) {
    this.spec = spec;
    this.kernel = kernel;
    this.stop = stop;
    this.searcher = new RangeSearcher(spec, kernel);
    this.scheduler =
        new Scheduler(spec, settings, List.of(), new SplittableRandom(), HashCheck.of(spec));
    this.reporter = new RunReporter(spec, scheduler, observer);
  }

  /**
   * Searches from the first position up, until the result is final or {@code stop} requests it.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @throws IllegalStateException if the kernel computes wrong hashes again and again
   */
  public static SearchResult run(
      SearchSpec spec,
      String kernel,
      SchedulerSettings settings,
      StopSignal stop,
      SearchObserver observer) {
    return new DirectSearch(spec, kernel, settings, stop, observer).run();
  }

  private SearchResult run() {
    Optional<StopReason> stopped = stop.reason();
    while (stopped.isEmpty() && !scheduler.isDecided()) {
      scheduler.nextWave(SLOTS).ifPresent(this::scan);
      stopped = stop.reason();
    }
    report();
    return reporter.result(
        scheduler.isDecided() ? Optional.empty() : stopped,
        reporter.elapsed(),
        Optional.empty(),
        SLOTS);
  }

  private void scan(Wave wave) {
    for (Assignment assignment : wave.assignments()) {
      attempts++;
      RangeAttempt attempt =
          new RangeAttempt(
              searcher,
              assignment,
              spec.solutions(),
              wave.shareBits(),
              new RangeAttempt.Place(attempts, "localhost", "thread"),
              wave.limit(),
              wave.reportInterval());
      attempt.scan(() -> stop.reason().isPresent(), System::nanoTime, this::accept);
      accept(attempt.report());
      searcher = attempt.soundSearcher().orElseGet(() -> new RangeSearcher(spec, kernel));
    }
    scheduler.waveEnded(wave.number());
  }

  private void accept(RangeReport report) {
    for (ExecutorFault fault : scheduler.accept(report, Instant.now())) {
      if (fault.consequence() == ExecutorFault.Consequence.END_SEARCH) {
        throw new IllegalStateException(
            "kernel %s computed %s wrong hashes; choose another"
                .formatted(report.kernel(), fault.count()));
      }
    }
    report();
  }

  private void report() {
    reporter.reportFinds();
    reporter.reportProgress(SLOTS);
  }
}
