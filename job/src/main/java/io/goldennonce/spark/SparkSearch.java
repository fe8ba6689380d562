package io.goldennonce.spark;

import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.schedule.Scheduler;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs searches on one Spark application, one at a time. */
public final class SparkSearch implements AutoCloseable {
  private final JavaSparkContext context;
  private final Settings settings;
  private final StopRehearsal rehearsal;

  /**
   * How searches run.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @param rangeTime how long a task should take
   * @param firstRange positions in a range while no rate is known
   * @param reportInterval how long a task scans between two reports
   * @param eventsPerSecond how many task ends, and how many reports, the driver should get per
   *     second at most; where there are more tasks at once, ranges and reports take longer
   * @param checkpointInterval how often the ledger is saved
   * @param stopWait how long to wait for cancelled tasks to end
   */
  public record Settings(
      String kernel,
      Duration rangeTime,
      long firstRange,
      Duration reportInterval,
      int eventsPerSecond,
      Duration checkpointInterval,
      Duration stopWait) {
    Scheduler.Settings scheduling() {
      return new Scheduler.Settings(rangeTime, firstRange, reportInterval, eventsPerSecond);
    }
  }

  public SparkSearch(JavaSparkContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.rehearsal = StopRehearsal.begin(context);
  }

  /**
   * Searches until a solution is found, the keyspace is exhausted, or {@code stop} says so. When it
   * returns, every task of the search is idle; the ledger is saved when what it returns is closed.
   *
   * @param ledger what earlier runs have tried is not tried again, and what this one tries is saved
   *     there
   * @param observer called while it runs, in this thread
   * @throws SearchFailedException if Spark gave up on a task too often; the ledger is saved then
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

  /** Lets go of the application, which is not closed. */
  @Override
  public void close() {
    rehearsal.await();
  }
}
