package io.goldennonce.spark;

import io.goldennonce.base.DaemonThreads;
import java.util.List;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a job once in advance: the first cancellation in a JVM loads classes for 0.1 to 0.5
 * seconds, which would otherwise delay the stop after the first find.
 */
final class StopRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(StopRehearsal.class);
  private static final long LONGEST_MILLIS = 2_000;

  private final Thread thread;

  private StopRehearsal(JavaSparkContext context) {
    this.thread = DaemonThreads.create("stop-rehearsal", () -> rehearse(context));
  }

  /** Starts the rehearsal in the background, while the first ranges are scanned. */
  static StopRehearsal start(JavaSparkContext context) {
    StopRehearsal rehearsal = new StopRehearsal(context);
    rehearsal.thread.start();
    return rehearsal;
  }

  /** Waits until it is over, since Spark warns of tasks that outlive the application. */
  void await() {
    try {
      thread.join(2 * LONGEST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rehearse(JavaSparkContext context) {
    String group = "rehearse a stop " + UUID.randomUUID();
    context.setJobGroup(group, "rehearse a stop", false);
    JavaFutureAction<Void> job =
        context.parallelize(List.of(0), 1).foreachAsync(ignored -> waitForStop());
    try {
      // A job that Spark does not know yet can't be cancelled.
      for (int i = 0;
          i < 100 && context.statusTracker().getJobIdsForGroup(group).length == 0;
          i++) {
        Thread.sleep(10);
      }
      context.cancelJobGroup(group);
      job.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | RuntimeException e) {
      // Expected: a cancelled job ends with an exception.
      LOG.debug("rehearsed a stop", e);
    }
  }

  private static void waitForStop() throws InterruptedException {
    long end = System.nanoTime() + LONGEST_MILLIS * 1_000_000;
    while (!TaskContext.get().isInterrupted() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
