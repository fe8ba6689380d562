package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import io.goldennonce.search.schedule.ExecutorFault;
import io.goldennonce.search.schedule.Scheduler;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes executors that computed wrong hashes, if the cluster manager can. */
final class FaultyExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyExecutors.class);

  private FaultyExecutors() {}

  /**
   * Handles a wrong hash.
   *
   * @throws SearchFailedException if the search must end
   */
  static void handle(ExecutorFault fault, JavaSparkContext context, Scheduler scheduler) {
    RangeReport report = fault.report();
    String executor = "executor " + report.executor() + " on " + report.host();
    LOG.warn(
        "{} computed a wrong hash with kernel {} in positions {} to {} ({} times so far); they are"
            + " scanned again",
        executor,
        report.kernel(),
        report.range().from(),
        report.range().to(),
        fault.count());
    switch (fault.consequence()) {
      case REPEAT_RANGE -> {}
      case GIVE_UP_EXECUTOR -> giveUp(report.executor(), executor, context, scheduler);
      case END_SEARCH ->
          throw new SearchFailedException(
              "kernel %s computed wrong hashes %s times on %s; choose another with --kernel"
                  .formatted(report.kernel(), fault.count(), executor));
    }
  }

  private static void giveUp(
      String id, String executor, JavaSparkContext context, Scheduler scheduler) {
    LOG.warn("all work of {} in this run is repeated", executor);
    if (context.isLocal()) {
      return;
    }
    boolean givenUp = context.sc().killExecutor(id);
    if (givenUp) {
      scheduler.executorGivenUp(id);
    }
    LOG.warn(
        "{} {}", executor, givenUp ? "is removed" : "can't be removed on this cluster manager");
  }
}
