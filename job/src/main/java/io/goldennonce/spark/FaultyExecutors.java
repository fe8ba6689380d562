package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import io.goldennonce.search.schedule.ExecutorFault;
import io.goldennonce.search.schedule.Scheduler;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes executors that reported what is not true, if the cluster manager can. */
final class FaultyExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyExecutors.class);

  private FaultyExecutors() {}

  /**
   * Handles a fault.
   *
   * @throws SearchFailedException if the search must end
   */
  static void handle(ExecutorFault fault, JavaSparkContext context, Scheduler scheduler) {
    RangeReport report = fault.report();
    String executor = "executor " + report.executor() + " on " + report.host();
    LOG.warn(
        "{} {} with kernel {} in positions {} to {} ({} faults so far); they are scanned again",
        executor,
        what(fault.kind()),
        report.kernel(),
        report.range().from(),
        report.range().to(),
        fault.count());
    switch (fault.consequence()) {
      case REPEAT_RANGE -> {}
      case GIVE_UP_EXECUTOR -> giveUp(report.executor(), executor, context, scheduler);
      case END_SEARCH ->
          throw new SearchFailedException(
              "%s %s %s times with kernel %s and can't be removed; choose another with --kernel"
                  .formatted(executor, what(fault.kind()), fault.count(), report.kernel()));
    }
  }

  private static String what(ExecutorFault.Kind kind) {
    return switch (kind) {
      case WRONG_HASH -> "reported a wrong hash";
      case MISSED_SHARE -> "did not report a hash that another executor found";
    };
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
