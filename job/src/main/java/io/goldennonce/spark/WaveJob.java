package io.goldennonce.spark;

import io.goldennonce.base.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wave as a Spark job, with one task per range.
 *
 * @param number the wave's number
 * @param group the job group, for cancellation
 */
record WaveJob(int number, String group, JavaFutureAction<Void> job) {
  private static final Logger LOG = LoggerFactory.getLogger(WaveJob.class);

  /**
   * Submits a wave.
   *
   * @param description its text in Spark's UI
   * @param ranges the input of each task
   */
  static <T> WaveJob submit(
      JavaSparkContext context,
      int number,
      String group,
      String description,
      List<T> ranges,
      VoidFunction<T> task) {
    // Without interruption: tasks poll, and an interrupt could hit Spark's own I/O.
    context.setJobGroup(group, description, false);
    try {
      return new WaveJob(
          number, group, context.parallelize(ranges, ranges.size()).foreachAsync(task));
    } finally {
      context.clearJobGroup();
    }
  }

  void cancel(JavaSparkContext context) {
    context.cancelJobGroup(group);
  }

  boolean isDone() {
    return job.isDone();
  }

  /** Waits until the job is done; returns whether it is. */
  boolean awaitDone(Duration limit) throws InterruptedException {
    try {
      job.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      LOG.debug("{} has failed", group, e);
    } catch (TimeoutException e) {
      return false;
    }
    return true;
  }

  /** Returns why the job, which is done, has failed; empty if it has not. */
  Optional<Throwable> failure() throws InterruptedException {
    try {
      job.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(Failures.unwrapped(e));
    }
  }
}
