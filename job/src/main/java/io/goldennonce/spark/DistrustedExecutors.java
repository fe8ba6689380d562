package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executors that computed wrongly. Once may be a bit that a cosmic ray turned; one that does it
 * twice is given up.
 */
final class DistrustedExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(DistrustedExecutors.class);

  private static final int PATIENCE = 2;

  /** Faults of one executor after which, where it can't be given up, the search is. */
  private static final int LIMIT = 4;

  private final JavaSparkContext context;
  private final Map<String, Integer> faults = new HashMap<>();

  DistrustedExecutors(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Takes in that an executor computed wrongly.
   *
   * @throws SearchFailedException if it does so again and again and Spark can't give it up
   */
  void distrust(RangeReport report) {
    int count = faults.merge(report.executor(), 1, Integer::sum);
    LOG.warn(
        "executor {} on {} computed a wrong hash with kernel {} in positions {} to {} ({} times so"
            + " far): they are done again",
        report.executor(),
        report.host(),
        report.kernel(),
        report.range().from(),
        report.range().to(),
        count);
    if (count == PATIENCE && !context.isLocal()) {
      boolean givenUp = context.sc().killExecutor(report.executor());
      LOG.warn(
          "executor {} on {} is {}",
          report.executor(),
          report.host(),
          givenUp ? "given up" : "not to be given up on this cluster manager");
    }
    if (count == LIMIT) {
      throw new SearchFailedException(
          "kernel "
              + report.kernel()
              + " computed wrong hashes "
              + LIMIT
              + " times on executor "
              + report.executor()
              + " on "
              + report.host()
              + "; choose another with --kernel");
    }
  }
}
