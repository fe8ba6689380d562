package io.goldennonce.spark;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.SearchSpec;
import java.util.Optional;
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
  private final Pace pace;
  private final ReportAccumulator reports;

  /**
   * @param run which run its reports belong to
   * @param pace how long it may take, and between two reports
   */
  RangeTask(String run, SearchSpec spec, String kernelName, Pace pace, ReportAccumulator reports) {
    this.run = run;
    this.spec = spec;
    this.kernelName = kernelName;
    this.pace = pace;
    this.reports = reports;
  }

  /** The same task at another pace. */
  RangeTask at(Pace newPace) {
    return new RangeTask(run, spec, kernelName, newPace, reports);
  }

  @Override
  public void call(NonceRange range) {
    TaskContext context = TaskContext.get();
    RangeSearcher searcher =
        IdleSearchers.take(run).orElseGet(() -> new RangeSearcher(spec, kernelName));
    RangeAttempt attempt = new RangeAttempt(searcher, range, context.taskAttemptId());
    // Runs however the task ends, so that what it has scanned is always told.
    TaskCompletionListener listener = ended -> deliver(attempt);
    context.addTaskCompletionListener(listener);
    attempt.scan(
        context::isInterrupted,
        pace.limit().toNanos(),
        pace.report().toNanos(),
        report -> MiningPlugin.send(run, report));
    reports.add(attempt.report());
  }

  private void deliver(RangeAttempt attempt) {
    // An interrupt meant for the scan would strike the message.
    boolean interrupted = Thread.interrupted();
    try {
      Optional<RangeSearcher> searcher = attempt.soundSearcher();
      attempt.end();
      RangeReport report = attempt.report();
      // The report is made: from here on the searcher may tell of another range.
      searcher.ifPresent(idle -> IdleSearchers.giveBack(run, idle));
      MiningPlugin.deliver(run, report);
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
