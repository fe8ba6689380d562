package io.goldennonce.spark;

import io.goldennonce.config.Configuration;
import io.goldennonce.proof.LogTree;
import io.goldennonce.search.HashCheck;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.search.ledger.LedgerTree;
import io.goldennonce.search.schedule.RunReporter;
import io.goldennonce.search.schedule.Scheduler;
import io.goldennonce.search.schedule.SchedulerSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a search on Spark, driven by a {@link Scheduler} that makes all decisions.
 *
 * <p>Three sources feed one queue: the tasks' messages ({@link MiningPlugin}), which are fast and
 * also come from killed tasks; their accumulator ({@link ReportAccumulator}), which Spark delivers
 * with the end of each task even if messages were lost or there is no plugin; and the ends of tasks
 * ({@link RunningTasks}), since a lost executor sends neither. {@link ReportAttribution} says whose
 * a report is. Spark's threads only add to the queue; everything else runs in the thread that calls
 * {@link #run}.
 */
final class SearchRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

  /** How often to poll the stop signal and to look for jobs that have ended. */
  private static final long TICK_MILLIS = 20;

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  private final String id = UUID.randomUUID().toString();
  private final JavaSparkContext context;
  private final SearchSpec spec;
  private final Duration stopWait;
  private final Scheduler scheduler;
  private final Waves waves;
  private final RunningTasks tasks;
  private final ReportAttribution attribution;
  private final LedgerStore store;
  private final Checkpoints checkpoints;
  private final RunReporter reporter;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

  /** Whether the run is complete and will not be resumed. */
  private boolean isFound;

  private SearchRun(
      JavaSparkContext context,
      SearchSpec spec,
      Configuration.Search settings,
      Scheduler scheduler,
      LedgerStore store,
      SearchObserver observer) {
    this.context = context;
    this.spec = spec;
    this.scheduler = scheduler;
    this.store = store;
    this.reporter = new RunReporter(spec, scheduler, observer);
    stopWait = settings.stopWait();
    ReportAccumulator accumulator = ReportAccumulator.register(context.sc(), this::add);
    String group = "search " + spec.id() + " " + id;
    waves =
        new Waves(
            context,
            group,
            scheduler,
            wave -> new RangeTask(id, spec, settings.kernel(), accumulator, wave));
    tasks = new RunningTasks(context, group, new TaskEvents());
    attribution = new ReportAttribution(scheduler::isAssigned);
    checkpoints =
        new Checkpoints(
            store, settings.checkpointInterval(), System::nanoTime, observer::ledgerSaved);
  }

  /** Reads the ledger of earlier runs and opens the three sources. Submits nothing yet. */
  static SearchRun start(
      JavaSparkContext context,
      SearchSpec spec,
      Configuration.Search settings,
      LedgerStore store,
      SearchObserver observer) {
    // Reads the ledger, which is not a part of the run's time.
    Scheduler scheduler =
        new Scheduler(
            spec,
            SchedulerSettings.of(settings, context.isLocal()),
            store.earlier(),
            new SecureRandom(),
            HashCheck.of(spec));
    SearchRun run = new SearchRun(context, spec, settings, scheduler, store, observer);
    context.sc().addSparkListener(run.tasks);
    MiningPlugin.open(run.id, RangeReport.class, run::add);
    return run;
  }

  private void add(RangeReport message) {
    events.add(() -> attribution.ofMessage(message).ifPresent(this::accept));
  }

  private final class TaskEvents implements RunningTasks.Listener {
    @Override
    public void started(RunningTasks.Task task) {
      events.add(() -> attribution.started(task).ifPresent(SearchRun.this::accept));
    }

    @Override
    public void ended(RunningTasks.TaskEnd end) {
      events.add(() -> SearchRun.this.ended(end));
    }
  }

  /**
   * Searches until the result is final or {@code stop} requests it, then waits until all tasks are
   * idle.
   *
   * @return the result; {@link #close} saves the ledger
   */
  SearchResult run(StopSignal stop) throws InterruptedException {
    try {
      Optional<StopReason> stopped = searchUntilDecided(stop);
      // The stop request comes before anything else.
      Duration elapsed = reporter.elapsed();
      Optional<Duration> stopLatency = stopAll();
      reporter.reportProgress(waves.slots());
      reporter.reportFinds();
      SearchResult result = reporter.result(stopped, elapsed, stopLatency, waves.slots());
      isFound = result.outcome() == Outcome.FOUND && spec.solutions() == 1;
      return checkpoints.savesLast(isFound) ? result.with(tree().head()) : result;
    } catch (InterruptedException | RuntimeException | Error e) {
      Thread.interrupted(); // or no wait would succeed
      stopAll();
      throw e;
    }
  }

  /** Returns why the search ended before it was decided; empty if it was decided. */
  private Optional<StopReason> searchUntilDecided(StopSignal stop) throws InterruptedException {
    Duration nextProgress = Duration.ZERO;
    waves.fill();
    while (!scheduler.isDecided()) {
      Runnable next = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        next.run();
      }
      Optional<StopReason> reason = stop.reason();
      if (reason.isPresent() && !scheduler.isDecided()) {
        return reason;
      }
      waves.checkDone(events::add);
      checkpoints.saveIfDue(scheduler::rows);
      reporter.reportFinds();
      boolean progressDue = reporter.elapsed().compareTo(nextProgress) >= 0;
      // Only events or new executors make room for a wave; asking Spark at each tick would be
      // expensive.
      if (next != null || progressDue) {
        waves.fill();
      }
      if (progressDue) {
        reporter.reportProgress(waves.slots());
        nextProgress = reporter.elapsed().plus(PROGRESS_INTERVAL);
      }
    }
    return Optional.empty();
  }

  private void accept(RangeReport report) {
    scheduler
        .accept(report, Instant.now())
        .forEach(fault -> FaultyExecutors.handle(fault, context, scheduler));
    waves.cancelObsolete();
  }

  private void ended(RunningTasks.TaskEnd end) {
    attribution.ended(end).forEach(this::accept);
    RunningTasks.Task task = end.task();
    scheduler.taskEnded(
        Waves.number(task.group()), task.index(), task.attempt(), end.executorLost());
  }

  private Optional<Duration> stopAll() throws InterruptedException {
    long requested = System.nanoTime();
    boolean anyOut = waves.cancelAll(stopWait);
    boolean idle = tasks.awaitIdle(stopWait);
    long latency = Math.max(0, tasks.idleSince() - requested);
    if (!idle) {
      LOG.warn("some tasks were still running {} ms after the stop request", stopWait.toMillis());
    }
    for (Runnable next = events.poll(); next != null; next = events.poll()) {
      next.run();
    }
    // What these have done is not known, and the count says so.
    tasks.stillRunning().forEach(this::ended);
    return anyOut && tasks.anyRan() && idle
        ? Optional.of(Duration.ofNanos(latency))
        : Optional.empty();
  }

  /** The tree over the rows that are saved at the end. */
  private LogTree tree() {
    List<LedgerRow> rows = new ArrayList<>(store.earlier());
    rows.addAll(scheduler.rows());
    return LedgerTree.of(spec.template().canonicalText(), spec.target(), rows);
  }

  /**
   * Saves the ledger and closes the sources.
   *
   * @throws SearchFailedException if the ledger can't be saved and may be needed
   */
  @Override
  public void close() throws InterruptedException {
    MiningPlugin.close(id);
    context.sc().removeSparkListener(tasks);
    try (checkpoints) {
      checkpoints.saveLast(scheduler.rows(), isFound);
    }
  }
}
