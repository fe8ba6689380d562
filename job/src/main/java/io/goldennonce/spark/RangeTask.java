package io.goldennonce.spark;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchSpec;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The map task: scans one range, and ends early when Spark cancels its job. */
final class RangeTask implements VoidFunction<NonceRange> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(RangeTask.class);

  private final String run;
  private final SearchSpec spec;
  private final String kernelName;
  private final long reportNanos;
  private final ReportAccumulator reports;

  /**
   * @param run which run its reports belong to
   * @param reportNanos about how long it scans between two reports, in nanoseconds
   */
  RangeTask(
      String run, SearchSpec spec, String kernelName, long reportNanos, ReportAccumulator reports) {
    this.run = run;
    this.spec = spec;
    this.kernelName = kernelName;
    this.reportNanos = reportNanos;
    this.reports = reports;
  }

  @Override
  public void call(NonceRange range) {
    TaskContext context = TaskContext.get();
    RangeAttempt attempt = new RangeAttempt(spec, kernelName, range, context.taskAttemptId());
    // Runs however the task ends, so that what it has scanned is always told.
    TaskCompletionListener listener = ended -> deliver(attempt);
    context.addTaskCompletionListener(listener);
    attempt.scan(context::isInterrupted, reportNanos, report -> MiningPlugin.send(run, report));
    reports.add(attempt.report(true));
  }

  private void deliver(RangeAttempt attempt) {
    // An interrupt meant for the scan would strike the message.
    boolean interrupted = Thread.interrupted();
    try {
      MiningPlugin.deliver(run, attempt.report(true));
    } catch (Exception e) {
      // The driver is gone or does not answer; if it lives, it knows a count to be missing.
      LOG.warn("the last count of {} was not delivered: {}", attempt, e.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
