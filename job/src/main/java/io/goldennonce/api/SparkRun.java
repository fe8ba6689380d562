package io.goldennonce.api;

import io.goldennonce.config.Configuration;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SparkSearch;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Runs searches on a caller's application. Apart from the rest, which needs no Spark. */
final class SparkRun {
  private SparkRun() {}

  static RunningSearch start(
      SparkSession session,
      SearchSpec spec,
      Configuration.Search settings,
      StopSignal deadline,
      SearchObserver observer) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    if (context.sc().isStopped()) {
      throw new IllegalStateException("the session's Spark application has stopped");
    }
    SparkSearch search = new SparkSearch(context, settings);
    // In a thread of its own, since a job's group and description belong to the thread.
    return RunningSearch.start(
        "search " + spec.id(),
        stop -> {
          try (CompletedSearch completed =
              search.run(spec, LedgerStore.none(), deadline.or(stop), observer)) {
            return new SearchResult(spec, completed.result());
          }
        });
  }
}
