package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Carries the tasks' reports to the driver. Spark merges each successful task's updates into the
 * driver's instance, once per range however often it was tried, which passes every report on at
 * once. All updates reach the driver with the event of the task's end, too ({@link #of}). The
 * value, as shown in Spark's UI, is the number of hashes tried.
 */
final class ReportAccumulator extends AccumulatorV2<RangeReport, Long> {
  private static final long serialVersionUID = 1;

  private final List<RangeReport> reports = new ArrayList<>();
  private long hashes;

  /** Null except in the driver's instance. */
  private final transient @Nullable Consumer<RangeReport> sink;

  private ReportAccumulator(@Nullable Consumer<RangeReport> sink) {
    this.sink = sink;
  }

  /** Creates the driver's instance. */
  static ReportAccumulator register(SparkContext context, Consumer<RangeReport> sink) {
    ReportAccumulator accumulator = new ReportAccumulator(sink);
    // Spark sends updates of killed tasks only if failed values count.
    accumulator.register(context, Option.apply("hashes tried"), true);
    return accumulator;
  }

  /**
   * Returns the reports of a task that has ended in any way, from the metrics of Spark's event.
   * Spark merges none of a stage that was cancelled, not even those of a task that succeeded just
   * then.
   *
   * @param metrics null if the task sent none
   */
  static List<RangeReport> of(@Nullable TaskMetrics metrics) {
    if (metrics == null) {
      return List.of();
    }
    List<RangeReport> reports = new ArrayList<>();
    Iterator<?> updates = updates(metrics);
    while (updates.hasNext()) {
      if (updates.next() instanceof ReportAccumulator update) {
        reports.addAll(update.reports);
      }
    }
    return reports;
  }

  /** By reflection, as the method's return type differs between Scala 2.12 and 2.13. */
  private static Iterator<?> updates(TaskMetrics metrics) {
    try {
      return ((Seq<?>) TaskMetrics.class.getMethod("accumulators").invoke(metrics)).iterator();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Spark's TaskMetrics has no accumulators", e);
    }
  }

  @Override
  public boolean isZero() {
    return hashes == 0 && reports.isEmpty();
  }

  @Override
  public ReportAccumulator copy() {
    ReportAccumulator copy = new ReportAccumulator(null);
    copy.reports.addAll(reports);
    copy.hashes = hashes;
    return copy;
  }

  @Override
  public void reset() {
    reports.clear();
    hashes = 0;
  }

  @Override
  public void add(RangeReport report) {
    reports.add(report);
    hashes += report.hashes();
  }

  @Override
  public void merge(AccumulatorV2<RangeReport, Long> other) {
    for (RangeReport report : ((ReportAccumulator) other).reports) {
      hashes += report.hashes();
      if (sink == null) {
        reports.add(report);
      } else {
        sink.accept(report);
      }
    }
  }

  @Override
  public Long value() {
    return hashes;
  }
}
