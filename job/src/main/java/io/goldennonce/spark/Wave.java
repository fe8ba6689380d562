package io.goldennonce.spark;

import io.goldennonce.search.NonceRange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Spark job: a range a task.
 *
 * @param group the job group it is cancelled by
 * @param ranges its ranges, ascending
 * @param job the running job
 */
record Wave(String group, List<NonceRange> ranges, JavaFutureAction<Void> job) {

  private static final Logger LOG = LoggerFactory.getLogger(Wave.class);

  /** Sends the ranges out, a partition each. */
  static Wave submit(
      JavaSparkContext context,
      String group,
      String description,
      List<NonceRange> ranges,
      RangeTask task) {
    // Without interruption: tasks poll, and an interrupt could strike Spark's own I/O.
    context.setJobGroup(group, description, false);
    try {
      return new Wave(group, ranges, context.parallelize(ranges, ranges.size()).foreachAsync(task));
    } finally {
      context.clearJobGroup();
    }
  }

  /** The lowest position in it. */
  long lowest() {
    return ranges.get(0).from();
  }

  void cancel(JavaSparkContext context) {
    context.cancelJobGroup(group);
  }

  /** Waits until Spark has taken the cancellation in: no task of it begins after that. */
  void awaitCancelled(Duration limit) throws InterruptedException {
    try {
      job.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // A cancelled job ends with an exception; one that does not end is told by its tasks.
      LOG.debug("{} is cancelled", group, e);
    }
  }

  boolean isDone() {
    return job.isDone();
  }

  /** Throws if the job, which is done, has failed. */
  void check() throws InterruptedException {
    try {
      job.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SearchFailedException("a Spark job of the search failed: " + cause, cause);
    }
  }
}
