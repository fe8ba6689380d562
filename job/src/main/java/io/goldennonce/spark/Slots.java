package io.goldennonce.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks an application can run at once, by cores and by GPUs. */
final class Slots {
  private Slots() {}

  /** At least 1, even while there are no executors. */
  static int of(JavaSparkContext context) {
    int cores = context.defaultParallelism();
    SparkConf conf = context.getConf();
    double gpusOfTask = conf.getDouble("spark.task.resource.gpu.amount", 0);
    if (gpusOfTask <= 0 || context.isLocal()) {
      return Math.max(1, cores);
    }
    // The driver is listed, too.
    int executors = context.sc().statusTracker().getExecutorInfos().length - 1;
    return limited(
        cores, executors, conf.getInt("spark.executor.resource.gpu.amount", 0), gpusOfTask);
  }

  /**
   * The fewer of cores and of what GPUs are there for.
   *
   * @param cores of all executors
   * @param gpusOfTask more than 0; of less than 1 several tasks share a GPU
   */
  static int limited(int cores, int executors, int gpusOfExecutor, double gpusOfTask) {
    // Spark gives no task parts of several GPUs.
    long tasks =
        gpusOfTask < 1
            ? gpusOfExecutor * (long) (1 / gpusOfTask)
            : (long) (gpusOfExecutor / gpusOfTask);
    return (int) Math.max(1, Math.min(cores, executors * tasks));
  }
}
