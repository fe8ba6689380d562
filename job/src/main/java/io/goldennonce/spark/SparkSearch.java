package io.goldennonce.spark;

import io.goldennonce.config.Configuration;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.search.schedule.SchedulerSettings;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Runs searches on one Spark application. Those at the same time share its cores. */
public final class SparkSearch implements AutoCloseable {
  private final JavaSparkContext context;
  private final Settings settings;
  private @Nullable StopRehearsal rehearsal;

  /**
   * Settings of searches.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @param rangeTime the time a task should take
   * @param firstRange positions in a range while no rate is known
   * @param reportInterval scan time of a task between reports
   * @param eventsPerSecond maximum number of task ends, and of reports, that the driver should
   *     receive per second; ranges and report intervals grow to stay below it
   * @param auditShare the part of all work that is done again by other executors, 0 to 1; one JVM
   *     has no other
   * @param checkpointInterval how often the ledger is saved
   * @param stopWait maximum wait for cancelled tasks to end
   */
  public record Settings(
      String kernel,
      Duration rangeTime,
      long firstRange,
      Duration reportInterval,
      int eventsPerSecond,
      double auditShare,
      Duration checkpointInterval,
      Duration stopWait) {
    /** Returns those of a configuration. */
    public static Settings of(Configuration.Search search) {
      return new Settings(
          search.kernel(),
          search.rangeTime(),
          search.firstRange(),
          search.reportInterval(),
          search.eventsPerSecond(),
          search.auditShare(),
          search.checkpointInterval(),
          search.stopWait());
    }

    SchedulerSettings scheduling(boolean isLocal) {
      return new SchedulerSettings(
          rangeTime, firstRange, reportInterval, eventsPerSecond, isLocal ? 0 : auditShare);
    }
  }

  public SparkSearch(JavaSparkContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
  }

  /**
   * Makes the first stop in this JVM fast, by cancelling a job of its own in the background while
   * the first ranges are scanned. {@link #close} waits for it.
   */
  public void rehearseStop() {
    rehearsal = StopRehearsal.start(context);
  }

  /**
   * Searches until a solution is found, the keyspace is exhausted, or {@code stop} requests it. On
   * return every task of the search is idle; closing the result saves the ledger.
   *
   * @param ledger what earlier runs have tried, which is not tried again; receives the rows of this
   *     run
   * @param observer called while it runs, in this thread
   * @throws SearchFailedException if Spark jobs failed repeatedly; the ledger is saved before
   */
  public CompletedSearch run(
      SearchSpec spec, LedgerStore ledger, StopSignal stop, SearchObserver observer)
      throws InterruptedException {
    SearchRun run = SearchRun.start(context, spec, settings, ledger, observer);
    try {
      return new Completed(run.run(stop), run);
    } catch (InterruptedException | RuntimeException | Error e) {
      try {
        run.close();
      } catch (InterruptedException | RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  private record Completed(SearchResult result, SearchRun run) implements CompletedSearch {
    @Override
    public void close() throws InterruptedException {
      run.close();
    }
  }

  /** Waits for background work. Does not stop the application. */
  @Override
  public void close() {
    if (rehearsal != null) {
      rehearsal.await();
    }
  }
}
