package io.goldennonce.spark;

import io.goldennonce.search.RangeSizer;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs searches on one Spark application. */
public final class SparkSearch {
  private final JavaSparkContext context;
  private final Settings settings;

  /**
   * How searches run.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @param rangeTime how long a task shall take
   * @param firstRange positions in a range while no rate is known
   * @param stopWait how long to wait for cancelled tasks to end
   */
  public record Settings(String kernel, Duration rangeTime, long firstRange, Duration stopWait) {}

  public SparkSearch(JavaSparkContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
  }

  /**
   * Searches until a solution is found, the keyspace is exhausted, or {@code stop} says so. When it
   * returns, every task of the search has been told to end.
   *
   * @param progress told where the search stands several times a second, in this thread
   * @throws SearchFailedException if Spark gave up on a task
   */
  public SearchResult run(SearchSpec spec, StopSignal stop, Consumer<SearchProgress> progress)
      throws InterruptedException {
    RangeSizer sizer = new RangeSizer(settings.rangeTime(), settings.firstRange());
    RunningTasks tasks = new RunningTasks(SearchRun.groupPrefix(spec));
    context.sc().addSparkListener(tasks);
    try {
      return new SearchRun(context, spec, settings, sizer, tasks).run(stop, progress);
    } finally {
      context.sc().removeSparkListener(tasks);
    }
  }
}
