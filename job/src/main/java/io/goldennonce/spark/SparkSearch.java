package io.goldennonce.spark;

import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
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
   * @param rangeTime how long a task shall take
   * @param firstRange positions in a range while no rate is known
   * @param reportInterval how often a task tells how far it is
   * @param eventsPerSecond how many task ends, and how many reports, the driver shall get a second
   *     at most; where there are more tasks at once, ranges and reports take longer
   * @param checkpointInterval how often the ledger is kept
   * @param stopWait how long to wait for cancelled tasks to end
   */
  public record Settings(
      String kernel,
      Duration rangeTime,
      long firstRange,
      Duration reportInterval,
      int eventsPerSecond,
      Duration checkpointInterval,
      Duration stopWait) {}

  public SparkSearch(JavaSparkContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.rehearsal = StopRehearsal.begin(context);
  }

  /**
   * Searches until a solution is found, the keyspace is exhausted, or {@code stop} says so. When it
   * returns, every task of the search has been told to end and the ledger is kept.
   *
   * @param ledger what earlier runs have tried is not tried again, and what this one tries is kept
   *     there
   * @param observer told what happens, in this thread
   * @throws SearchFailedException if Spark gave up on a task
   */
  public SearchResult run(
      SearchSpec spec, LedgerStore ledger, StopSignal stop, SearchObserver observer)
      throws InterruptedException {
    try (SearchRun run = new SearchRun(context, spec, settings, ledger)) {
      return run.run(stop, observer);
    }
  }

  /** Lets go of the application, which is not closed. */
  @Override
  public void close() {
    rehearsal.await();
  }
}
