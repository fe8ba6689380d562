package io.goldennonce.spark;

import io.goldennonce.base.Failures;
import io.goldennonce.search.schedule.Wave;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
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
   * @param groupPrefix the start of its job group's name
   */
  static WaveJob submit(JavaSparkContext context, String groupPrefix, Wave wave, RangeTask task) {
    String group = groupPrefix + " wave " + wave.number();
    // Without interruption: tasks poll, and an interrupt could hit Spark's own I/O.
    context.setJobGroup(
        group, "wave " + wave.number() + ": positions from " + wave.lowest(), false);
    try {
      int size = wave.assignments().size();
      return new WaveJob(
          wave.number(), group, context.parallelize(wave.assignments(), size).foreachAsync(task));
    } finally {
      context.clearJobGroup();
    }
  }

  void cancel(JavaSparkContext context) {
    context.cancelJobGroup(group);
  }

  /** Waits until Spark has processed the cancellation, after which no task starts. */
  void awaitCancelled(Duration limit) throws InterruptedException {
    try {
      job.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // A cancelled job ends with an exception; if it does not end, its tasks show it.
      LOG.debug("{} is cancelled", group, e);
    }
  }

  boolean isDone() {
    return job.isDone();
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
