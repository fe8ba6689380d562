package io.goldennonce.spark;

import io.goldennonce.config.Configuration;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Runs searches on one Spark application. Those at the same time share its cores. */
public final class SparkSearch implements AutoCloseable {
  private final JavaSparkContext context;
  private final Configuration.Search settings;
  private @Nullable StopRehearsal rehearsal;

  public SparkSearch(JavaSparkContext context, Configuration.Search settings) {
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
