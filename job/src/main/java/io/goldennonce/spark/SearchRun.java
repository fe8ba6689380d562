package io.goldennonce.spark;

import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RecentRate;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.Scheduler;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a search on Spark: drives a {@link Scheduler}, which decides everything.
 *
 * <p>Three ways in, one queue: the tasks' messages ({@link MiningPlugin}), as they are fast and
 * come from killed tasks, too; their accumulator ({@link ReportAccumulator}), as Spark brings it
 * with each task that succeeds, whatever became of the messages; and the ends of tasks ({@link
 * RunningTasks}), as a lost executor sends neither. Spark's threads only add to the queue, and all
 * else belongs to the thread that calls {@link #run}.
 */
final class SearchRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

  /** How often the stop signal is asked and jobs that have ended are looked for. */
  private static final long TICK_MILLIS = 20;

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  private final String id;
  private final JavaSparkContext context;
  private final SearchSpec spec;
  private final Duration stopWait;
  private final Scheduler scheduler;
  private final Waves waves;
  private final RunningTasks tasks;
  private final Checkpoints checkpoints;
  private final BlockingQueue<Consumer<SearchRun>> news;
  private final RecentRate recent = new RecentRate();
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();

  /** Whether the run has ended with what it looked for, so that it will not be resumed. */
  private boolean isFound;

  private SearchRun(
      String id,
      JavaSparkContext context,
      SearchSpec spec,
      Duration stopWait,
      Scheduler scheduler,
      Waves waves,
      RunningTasks tasks,
      Checkpoints checkpoints,
      BlockingQueue<Consumer<SearchRun>> news) {
    this.id = id;
    this.context = context;
    this.spec = spec;
    this.stopWait = stopWait;
    this.scheduler = scheduler;
    this.waves = waves;
    this.tasks = tasks;
    this.checkpoints = checkpoints;
    this.news = news;
  }

  /** Reads what earlier runs have tried, and opens the three ways in; nothing is sent out yet. */
  static SearchRun start(
      JavaSparkContext context, SearchSpec spec, SparkSearch.Settings settings, LedgerStore store) {
    String id = UUID.randomUUID().toString();
    String group = "search " + spec.id() + " " + id;
    Scheduler scheduler = new Scheduler(spec, settings.scheduling(), store.earlier());
    BlockingQueue<Consumer<SearchRun>> news = new LinkedBlockingQueue<>();
    Consumer<RangeReport> reports = report -> news.add(run -> run.accept(report));
    ReportAccumulator accumulator = new ReportAccumulator(reports);
    context.sc().register(accumulator, "hashes tried");
    RangeTask task = new RangeTask(id, spec, settings.kernel(), accumulator);
    SearchRun started =
        new SearchRun(
            id,
            context,
            spec,
            settings.stopWait(),
            scheduler,
            new Waves(context, group, scheduler, task),
            new RunningTasks(context, group, end -> news.add(run -> run.ended(end))),
            new Checkpoints(store, settings.checkpointInterval(), System::nanoTime),
            news);
    context.sc().addSparkListener(started.tasks);
    MiningPlugin.open(id, RangeReport.class, reports);
    return started;
  }

  /**
   * Searches until it is decided or {@code stop} says so, and until all tasks are idle.
   *
   * @return the result; the ledger is yet to be saved, by {@link #close}
   */
  SearchResult run(StopSignal stop, SearchObserver observer) throws InterruptedException {
    try {
      Outcome outcome = searchUntilDecided(stop, observer);
      // The order to stop goes out before anything else is done.
      Duration elapsed = elapsed();
      Optional<Duration> stopLatency = stopAll();
      observer.progress(progress());
      tell(observer);
      SearchResult result = result(outcome, elapsed, stopLatency);
      isFound = result.outcome() == Outcome.FOUND && spec.solutions() == 1;
      return result;
    } catch (InterruptedException | RuntimeException | Error e) {
      Thread.interrupted(); // or nothing could be awaited
      stopAll();
      throw e;
    }
  }

  private Outcome searchUntilDecided(StopSignal stop, SearchObserver observer)
      throws InterruptedException {
    Duration nextProgress = Duration.ZERO;
    waves.fill();
    while (!scheduler.isDecided()) {
      Consumer<SearchRun> next = news.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        next.accept(this);
      }
      Optional<StopReason> reason = stop.reason();
      if (reason.isPresent() && !scheduler.isDecided()) {
        return Outcome.of(reason.get());
      }
      waves.checkDone(end -> news.add(run -> end.run()));
      checkpoints.keepIfDue(scheduler::rows);
      tell(observer);
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
    return scheduler.hasEnough() ? Outcome.FOUND : Outcome.EXHAUSTED;
  }

  private void tell(SearchObserver observer) {
    scheduler.takeSolutions().forEach(observer::found);
    scheduler.takeImprovement().ifPresent(observer::improved);
  }

  private void accept(RangeReport report) {
    scheduler
        .accept(report, Instant.now())
        .ifPresent(fault -> FaultyExecutors.handle(fault, context, scheduler));
    waves.cancelNeedless();
  }

  private void ended(RunningTasks.TaskEnd task) {
    scheduler.taskEnded(
        Waves.number(task.group()), task.index(), task.attempt(), task.executorLost());
  }

  private Optional<Duration> stopAll() throws InterruptedException {
    long ordered = System.nanoTime();
    boolean anyOut = waves.cancelAll(stopWait);
    boolean idle = tasks.awaitIdle(stopWait);
    long latency = Math.max(0, tasks.idleSince() - ordered);
    if (!idle) {
      LOG.warn("some tasks were still running {} ms after the order to stop", stopWait.toMillis());
    }
    for (Consumer<SearchRun> next = news.poll(); next != null; next = news.poll()) {
      next.accept(this);
    }
    return anyOut && tasks.anyRan() && idle
        ? Optional.of(Duration.ofNanos(latency))
        : Optional.empty();
  }

  private SearchResult result(Outcome outcome, Duration elapsed, Optional<Duration> stopLatency) {
    // A find may have crossed the order to stop.
    boolean isFirst = scheduler.hasEnough() && spec.mode() == ResultMode.FIRST;
    return new SearchResult(
        isFirst ? Outcome.FOUND : outcome,
        scheduler.lowest().map(List::of).orElseGet(scheduler::solutions),
        scheduler.work(),
        startedAt,
        elapsed,
        // What is exhausted has ended by itself.
        stopLatency.filter(latency -> outcome != Outcome.EXHAUSTED),
        waves.slots(),
        scheduler.mostUsedKernel());
  }

  private SearchProgress progress() {
    Duration elapsed = elapsed();
    recent.add(elapsed, scheduler.work().hashes());
    return scheduler.progress(elapsed, recent.rate(), waves.slots());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Saves the ledger and closes the ways in.
   *
   * @throws SearchFailedException if the ledger can't be saved and somebody may need it
   */
  @Override
  public void close() throws InterruptedException {
    MiningPlugin.close(id);
    context.sc().removeSparkListener(tasks);
    try (checkpoints) {
      checkpoints.keepLast(scheduler.rows(), isFound);
    }
  }
}
