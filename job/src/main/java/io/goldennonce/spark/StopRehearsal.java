package io.goldennonce.spark;

import java.util.List;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a job once before it matters: the first cancellation in a JVM loads classes for a tenth
 * of a second to half a one, which the first find's stop would wait for.
 */
final class StopRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(StopRehearsal.class);
  private static final long LONGEST_MILLIS = 2_000;

  private StopRehearsal() {}

  /** Does it in the background, while the first ranges are scanned. */
  static void begin(JavaSparkContext context) {
    Thread thread = new Thread(() -> rehearse(context), "stop-rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void rehearse(JavaSparkContext context) {
    String group = "rehearse a stop " + UUID.randomUUID();
    context.setJobGroup(group, "rehearse a stop", false);
    JavaFutureAction<Void> job =
        context.parallelize(List.of(0), 1).foreachAsync(ignored -> waitForStop());
    try {
      Thread.sleep(50);
      context.cancelJobGroup(group);
      job.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | RuntimeException e) {
      // A cancelled job ends with an exception: that was the point.
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
