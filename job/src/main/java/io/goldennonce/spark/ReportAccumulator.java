package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Carries the tasks' reports to the driver. Spark merges each successful task's updates into the
 * driver's instance, once per range however often it was tried, which passes every report on at
 * once. Updates of killed tasks reach the driver with the end of the task ({@link #ofKilled}). The
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

  /** Returns the reports of a task that was killed; empty for any other end, which Spark merges. */
  static List<RangeReport> ofKilled(TaskEndReason reason) {
    List<RangeReport> reports = new ArrayList<>();
    if (reason instanceof TaskKilled killed) {
      // Among its fields, as the type of the one that has them differs between Scala 2.12 and 2.13.
      Iterator<Object> fields = killed.productIterator();
      while (fields.hasNext()) {
        if (fields.next() instanceof Seq<?> values) {
          Iterator<?> updates = values.iterator();
          while (updates.hasNext()) {
            if (updates.next() instanceof ReportAccumulator update) {
              reports.addAll(update.reports);
            }
          }
        }
      }
    }
    return reports;
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
