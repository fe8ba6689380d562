package io.goldennonce.spark;

import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.schedule.Assignment;
import io.goldennonce.search.schedule.RangeAttempt;
import io.goldennonce.search.schedule.Wave;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The map task: scans one range, and stops when Spark cancels its job. */
final class RangeTask implements VoidFunction<Assignment> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(RangeTask.class);

  /** Spark's usual name for the resource. */
  private static final String GPU = "gpu";

  private final String run;
  private final SearchSpec spec;
  private final String kernelName;
  private final ReportAccumulator reports;
  private final int shareBits;
  private final Duration limit;
  private final Duration reportInterval;

  RangeTask(String run, SearchSpec spec, String kernelName, ReportAccumulator reports, Wave wave) {
    this.run = run;
    this.spec = spec;
    this.kernelName = kernelName;
    this.reports = reports;
    this.shareBits = wave.shareBits();
    this.limit = wave.limit();
    this.reportInterval = wave.reportInterval();
  }

  @Override
  public void call(Assignment assignment) {
    TaskContext context = TaskContext.get();
    SparkEnv env = SparkEnv.get();
    String kernel = kernelOn(kernelName, context.resourcesJMap());
    RangeSearcher searcher =
        IdleSearchers.take(run, kernel).orElseGet(() -> new RangeSearcher(spec, kernel));
    RangeAttempt attempt =
        new RangeAttempt(
            searcher,
            assignment,
            spec.solutions(),
            shareBits,
            new RangeAttempt.Place(
                context.taskAttemptId(),
                env.blockManager().blockManagerId().host(),
                env.executorId()),
            limit,
            reportInterval);
    // Runs however the task ends, so that its work is always reported.
    TaskCompletionListener listener = ended -> deliver(attempt, kernel);
    context.addTaskCompletionListener(listener);
    try {
      attempt.scan(
          context::isInterrupted, System::nanoTime, report -> MiningPlugin.send(run, report));
      attempt.fault().ifPresent(fault -> LOG.warn("{}", fault.getMessage()));
    } finally {
      // After an exception this is no last report, so the rest of the range is counted as unknown.
      reports.add(attempt.report());
    }
  }

  /**
   * Returns the kernel for the resources that Spark has assigned to a task.
   *
   * @param name the requested kernel
   * @param resources the task's resources by name; the first address of {@value #GPU} counts
   */
  static String kernelOn(String name, Map<String, ResourceInformation> resources) {
    ResourceInformation gpu = resources.get(GPU);
    return gpu == null || gpu.addresses().length == 0
        ? name
        : Kernels.onDevice(name, gpu.addresses()[0]);
  }

  private void deliver(RangeAttempt attempt, String kernel) {
    // An interrupt meant for the scan would hit the message.
    boolean interrupted = Thread.interrupted();
    try {
      Optional<RangeSearcher> searcher = attempt.soundSearcher();
      attempt.end();
      RangeReport report = attempt.report();
      // The report is made, so the searcher may scan another range.
      searcher.ifPresent(idle -> IdleSearchers.giveBack(run, kernel, idle));
      MiningPlugin.deliver(run, report);
    } catch (Exception e) {
      // The driver is gone or does not answer; if it runs, it knows that a count is missing.
      LOG.warn("the last count of {} was not delivered: {}", attempt, e.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
