package io.goldennonce.spark;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.SearchSpec;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;

/** The map task: scans one range, and ends early when Spark cancels its job. */
final class RangeTask implements VoidFunction<NonceRange> {
  private static final long serialVersionUID = 1;

  private final SearchSpec spec;
  private final String kernelName;
  private final ReportAccumulator reports;

  RangeTask(SearchSpec spec, String kernelName, ReportAccumulator reports) {
    this.spec = spec;
    this.kernelName = kernelName;
    this.reports = reports;
  }

  @Override
  public void call(NonceRange range) {
    long start = System.nanoTime();
    RangeSearcher searcher = new RangeSearcher(spec, kernelName);
    ScanResult result = searcher.search(range, TaskContext.get()::isInterrupted);
    SparkEnv env = SparkEnv.get();
    reports.add(
        new RangeReport(
            range,
            result.end(),
            result.hit(),
            System.nanoTime() - start,
            env.blockManager().blockManagerId().host(),
            env.executorId(),
            searcher.kernel()));
  }
}
