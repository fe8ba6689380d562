package io.goldennonce.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Whether an application has anything to run tasks on. On a cluster it begins without, and may lose
 * all it had; whoever waits for a job then waits for the cluster.
 */
final class LiveExecutors {
  private LiveExecutors() {}

  /** Whether there is one at least. */
  static boolean any(JavaSparkContext context) {
    SparkContext spark = context.sc();
    // The driver is listed, too: in one JVM it is the executor.
    return spark.isLocal() || spark.statusTracker().getExecutorInfos().length > 1;
  }
}
