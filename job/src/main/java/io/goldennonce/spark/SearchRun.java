package io.goldennonce.spark;

import io.goldennonce.search.ExecutorTally;
import io.goldennonce.search.Found;
import io.goldennonce.search.KeyspaceStrip;
import io.goldennonce.search.Ledger;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.RangeDealer;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RecentRate;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a search: takes the tasks' reports in, decides when the search is over, and stops what
 * is no longer needed. All its state belongs to the thread that calls {@link #run}; only the queue
 * of news is shared.
 */
final class SearchRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

  /** How often the stop signal is asked and failed jobs are looked for. */
  private static final long TICK_MILLIS = 20;

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  private final String id = UUID.randomUUID().toString();
  private final JavaSparkContext context;
  private final SearchSpec spec;
  private final SparkSearch.Settings settings;
  private final Ledger earlier = new Ledger();
  private final Ledger ledger = new Ledger();
  private final Checkpoints checkpoints;
  private final RunningTasks tasks;
  private final Waves waves;

  /** What Spark's threads tell, a report or the end of a task, to be taken in by the run's. */
  private final BlockingQueue<Runnable> news = new LinkedBlockingQueue<>();

  private final Map<String, Integer> rangesByKernel = new TreeMap<>();
  private final ExecutorTally executors = new ExecutorTally();
  private final DistrustedExecutors distrusted;
  private final RecentRate recent = new RecentRate();
  private final long resumed;
  private final Duration resumedTime;
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();

  private final LowestSoFar lowest;

  private Optional<Found> found = Optional.empty();

  SearchRun(
      JavaSparkContext context, SearchSpec spec, SparkSearch.Settings settings, LedgerStore store) {
    this.context = context;
    this.spec = spec;
    this.settings = settings;
    this.distrusted = new DistrustedExecutors(context);
    this.checkpoints = new Checkpoints(store, settings.checkpointInterval(), System::nanoTime);
    earlier.restore(store.earlier());
    List<NonceRange> missing = earlier.missing(spec.keyspace());
    this.resumed = spec.keyspace().size() - missing.stream().mapToLong(NonceRange::size).sum();
    this.resumedTime = LedgerRow.timeOf(earlier.rows());
    ReportAccumulator accumulator = new ReportAccumulator(this::tell);
    context.sc().register(accumulator, "hashes tried");
    String group = "search " + spec.id() + " " + id;
    this.waves =
        new Waves(
            context,
            group,
            new RangeDealer(missing),
            settings,
            new RangeTask(id, spec, settings.kernel(), Pace.of(settings, 1), accumulator));
    this.tasks = new RunningTasks(context, group, task -> news.add(() -> watchForVanished(task)));
    context.sc().addSparkListener(tasks);
    MiningPlugin.open(id, this::tell);
    earlier.lowestSolution(spec.keyspace()).ifPresent(this::takeEarlierSolution);
    this.lowest = new LowestSoFar(spec, earlier.lowestHash());
  }

  @Override
  public void close() {
    MiningPlugin.close(id);
    context.sc().removeSparkListener(tasks);
    checkpoints.close();
  }

  SearchResult run(StopSignal stop, SearchObserver observer) throws InterruptedException {
    try {
      Outcome outcome = searchUntilDecided(stop, observer);
      // The order to stop goes out before anything else is done.
      Duration elapsed = elapsed();
      Optional<Duration> stopLatency = stopAll();
      observer.progress(progress());
      SearchResult result = result(outcome, elapsed, stopLatency);
      lowest.improvement().ifPresent(observer::improved);
      observer.ended(result);
      return result;
    } catch (InterruptedException | RuntimeException | Error e) {
      Thread.interrupted(); // or nothing could be awaited
      stopAll();
      throw e;
    } finally {
      checkpoints.keepLast(ledger.rows(), found.isPresent());
    }
  }

  private SearchResult result(Outcome outcome, Duration elapsed, Optional<Duration> stopLatency) {
    // A find may have crossed the order to stop.
    boolean isFound = found.isPresent() && spec.mode() == ResultMode.FIRST;
    return new SearchResult(
        isFound ? Outcome.FOUND : outcome,
        found.or(lowest::found),
        new SearchResult.Work(
            ledger.hashes(), ledger.hashes() + ledger.unreported(), resumed, resumedTime),
        startedAt,
        elapsed,
        // What is exhausted has ended by itself.
        stopLatency.filter(latency -> outcome != Outcome.EXHAUSTED),
        context.defaultParallelism(),
        mostUsedKernel());
  }

  private Outcome searchUntilDecided(StopSignal stop, SearchObserver observer)
      throws InterruptedException {
    Duration nextProgress = Duration.ZERO;
    waves.fill();
    while (!isDecided()) {
      Runnable next = news.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        next.run();
      }
      Optional<StopReason> reason = stop.reason();
      if (reason.isPresent() && !isDecided()) {
        return Outcome.of(reason.get());
      }
      waves.checkDone();
      checkpoints.keepIfDue(ledger::rows);
      lowest.improvement().ifPresent(observer::improved);
      boolean progressDue = elapsed().compareTo(nextProgress) >= 0;
      // Only news makes room for a wave, or executors that came; asking Spark at each tick costs.
      if (next != null || progressDue) {
        waves.fill();
      }
      if (progressDue) {
        observer.progress(progress());
        nextProgress = elapsed().plus(PROGRESS_INTERVAL);
      }
    }
    return found.isPresent() ? Outcome.FOUND : Outcome.EXHAUSTED;
  }

  /** Whether what is known can't change any more. */
  private boolean isDecided() {
    if (found.isPresent() && spec.mode() == ResultMode.FIRST) {
      return true;
    }
    return waves.isAllDone();
  }

  private void tell(RangeReport report) {
    news.add(() -> accept(report));
  }

  /**
   * A task has ended, and whatever it told was told before. If its last word is missing, its
   * executor has vanished with it, perhaps before it could say that it began.
   */
  private void watchForVanished(RunningTasks.TaskEnd task) {
    if (task.executorLost() || ledger.isRunning(task.attempt())) {
      waves.rangeOf(task).ifPresent(range -> ledger.vanish(task.attempt(), range));
    }
  }

  private void accept(RangeReport report) {
    // A last report comes by two ways, and its second coming must not end the range where that is
    // being done again. Of one that counts as vanished all is done again, and found again.
    if (ledger.hasEnded(report.attempt())) {
      return;
    }
    if (report.phase() == RangeReport.Phase.FAULTY) {
      distrust(report);
      return;
    }
    if (report.hit()) {
      Optional<Found> confirmed = Found.confirm(spec, report.position());
      if (confirmed.isEmpty()) {
        if (report.isLast()) {
          distrust(report);
        }
        return;
      }
      if (found.isEmpty() || report.position() < found.get().position()) {
        found = confirmed;
        waves.dropAbove(report.position());
      }
    }
    lowest.accept(report.best());
    executors.add(report, ledger.accept(report, Instant.now()));
    if (report.isLast()) {
      waves.ended(report);
      rangesByKernel.merge(report.kernel(), 1, Integer::sum);
    }
  }

  /** An attempt was caught at a wrong hash: its range is done again, and its executor watched. */
  private void distrust(RangeReport report) {
    executors.addFault(report, ledger.accept(report, Instant.now()));
    ledger.distrust(report.range());
    waves.redo(report.range());
    distrusted.distrust(report);
  }

  /** A solution that an earlier run found and could not tell any more. */
  private void takeEarlierSolution(long position) {
    found = Found.confirm(spec, position);
    found.ifPresent(solution -> waves.dropAbove(position));
  }

  private Optional<Duration> stopAll() throws InterruptedException {
    long ordered = System.nanoTime();
    boolean anyOut = waves.cancelAll();
    boolean idle = tasks.awaitIdle(settings.stopWait());
    long latency = Math.max(0, tasks.idleSince() - ordered);
    if (!idle) {
      LOG.warn(
          "some tasks were still running {} ms after the order to stop",
          settings.stopWait().toMillis());
    }
    for (Runnable next = news.poll(); next != null; next = news.poll()) {
      next.run();
    }
    return anyOut && tasks.anyRan() && idle
        ? Optional.of(Duration.ofNanos(latency))
        : Optional.empty();
  }

  private SearchProgress progress() {
    Duration elapsed = elapsed();
    recent.add(elapsed, ledger.hashes());
    return new SearchProgress(
        ledger.hashes(),
        resumed,
        resumedTime,
        elapsed,
        recent.rate(),
        lowest.probability(),
        Math.max(1, context.defaultParallelism()),
        executors.work(),
        waves.count(),
        waves.inFlight().size(),
        KeyspaceStrip.of(spec.keyspace(), waves.reached(), tried(), waves.inFlight()));
  }

  private List<NonceRange> tried() {
    return Stream.concat(earlier.rows().stream(), ledger.rows().stream())
        .map(LedgerRow::range)
        .toList();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Optional<String> mostUsedKernel() {
    return rangesByKernel.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
