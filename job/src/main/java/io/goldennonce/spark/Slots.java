package io.goldennonce.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Computes how many tasks an application can run concurrently, by cores and GPUs. */
final class Slots {
  private Slots() {}

  /** Returns the number of slots: at least 1, even without executors. */
  static int of(JavaSparkContext context) {
    int cores = context.defaultParallelism();
    SparkConf conf = context.getConf();
    double gpusOfTask = conf.getDouble("spark.task.resource.gpu.amount", 0);
    if (gpusOfTask <= 0 || context.isLocal()) {
      return Math.max(1, cores);
    }
    return limited(
        cores,
        executors(context),
        conf.getInt("spark.executor.resource.gpu.amount", 0),
        gpusOfTask);
  }

  /**
   * Whether there is an executor. On a cluster, an application starts without any, and may lose all
   * of them; a job then waits for the cluster.
   */
  static boolean anyExecutor(JavaSparkContext context) {
    return context.isLocal() || executors(context) > 0;
  }

  private static int executors(JavaSparkContext context) {
    // The list includes the driver.
    return context.sc().statusTracker().getExecutorInfos().length - 1;
  }

  /**
   * Returns the number of slots by cores and GPUs, whichever is lower.
   *
   * @param cores of all executors
   * @param gpusOfTask more than 0; below 1, several tasks share a GPU
   */
  static int limited(int cores, int executors, int gpusOfExecutor, double gpusOfTask) {
    // Spark never gives a task parts of several GPUs.
    long tasks =
        gpusOfTask < 1
            ? gpusOfExecutor * (long) (1 / gpusOfTask)
            : (long) (gpusOfExecutor / gpusOfTask);
    return (int) Math.max(1, Math.min(cores, executors * tasks));
  }
}
