package io.goldennonce.search.schedule;

import io.goldennonce.search.Outcome;
import io.goldennonce.search.RecentRate;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reports how a run goes, and how it ended, by its {@link Scheduler} and a clock that starts with
 * this object. Not thread-safe.
 */
public final class RunReporter {
  private final SearchSpec spec;
  private final Scheduler scheduler;
  private final SearchObserver observer;
  private final RecentRate recent = new RecentRate();
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();

  public RunReporter(SearchSpec spec, Scheduler scheduler, SearchObserver observer) {
    this.spec = spec;
    this.scheduler = scheduler;
    this.observer = observer;
  }

  /** Reports solutions and a lower hash, each once. */
  public void reportFinds() {
    scheduler.takeSolutions().forEach(observer::found);
    scheduler.takeImprovement().ifPresent(observer::improved);
  }

  /**
   * Reports the progress.
   *
   * @param slots number of tasks that can run concurrently
   */
  public void reportProgress(int slots) {
    Duration elapsed = elapsed();
    recent.add(elapsed, scheduler.work().hashes());
    observer.progress(scheduler.progress(elapsed, recent.rate(), slots));
  }

  /** Returns the time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Returns the result.
   *
   * @param stopped why it ended before it was decided; empty if it was decided
   * @param elapsed the time from the start to the find, or to the end
   * @param stopLatency how long its tasks took to stop, if it was measured
   */
  public SearchResult result(
      Optional<StopReason> stopped, Duration elapsed, Optional<Duration> stopLatency, int slots) {
    Outcome decided = scheduler.hasEnough() ? Outcome.FOUND : Outcome.EXHAUSTED;
    // A find may have crossed the stop request.
    boolean isFirst = scheduler.hasEnough() && spec.mode() == ResultMode.ANY;
    Outcome outcome = isFirst ? decided : stopped.map(Outcome::of).orElse(decided);
    return new SearchResult(
        outcome,
        scheduler.lowest().map(List::of).orElseGet(scheduler::solutions),
        scheduler.work(),
        startedAt,
        elapsed,
        // An exhausted search has ended by itself.
        stopLatency.filter(latency -> outcome != Outcome.EXHAUSTED),
        slots,
        scheduler.mostUsedKernel(),
        scheduler.evidence());
  }
}
