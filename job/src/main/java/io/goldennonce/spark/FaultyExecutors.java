package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import io.goldennonce.search.schedule.ExecutorFault;
import io.goldennonce.search.schedule.Scheduler;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes executors away that computed wrong hashes, where the cluster manager can. */
final class FaultyExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyExecutors.class);

  private FaultyExecutors() {}

  /**
   * Does what follows from a wrong hash.
   *
   * @throws SearchFailedException if the search must end
   */
  static void handle(ExecutorFault fault, JavaSparkContext context, Scheduler scheduler) {
    RangeReport report = fault.report();
    String executor = "executor " + report.executor() + " on " + report.host();
    LOG.warn(
        "{} computed a wrong hash with kernel {} in positions {} to {} ({} times so far): they are"
            + " done again",
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
              "kernel "
                  + report.kernel()
                  + " computed wrong hashes "
                  + fault.count()
                  + " times on "
                  + executor
                  + "; choose another with --kernel");
    }
  }

  private static void giveUp(
      String id, String executor, JavaSparkContext context, Scheduler scheduler) {
    LOG.warn("all that {} did in this run is done again", executor);
    if (context.isLocal()) {
      return;
    }
    boolean givenUp = context.sc().killExecutor(id);
    if (givenUp) {
      scheduler.executorGivenUp(id);
    }
    LOG.warn(
        "{} is {}", executor, givenUp ? "given up" : "not to be given up on this cluster manager");
  }
}
