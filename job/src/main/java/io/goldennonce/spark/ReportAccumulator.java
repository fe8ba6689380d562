package io.goldennonce.spark;

import io.goldennonce.search.RangeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Carries the tasks' reports to the driver. Spark merges each successful task's updates into the
 * driver's instance, once per range however often it was tried, which passes every report on at
 * once. The value, as shown in Spark's UI, is the number of hashes tried.
 */
final class ReportAccumulator extends AccumulatorV2<RangeReport, Long> {
  private static final long serialVersionUID = 1;

  private final List<RangeReport> reports = new ArrayList<>();
  private long hashes;

  /** Null except in the driver's instance. */
  private final transient @Nullable Consumer<RangeReport> sink;

  ReportAccumulator(@Nullable Consumer<RangeReport> sink) {
    this.sink = sink;
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
