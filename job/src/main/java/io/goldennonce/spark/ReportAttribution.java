package io.goldennonce.spark;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.RangeReport;
import io.goldennonce.spark.RunningTasks.Task;
import io.goldennonce.spark.RunningTasks.TaskEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whose a report is, since an executor can put any name into its reports. Spark does not
 * say who has sent a message, but to which executor it has sent each task. So a report counts only
 * if it has the random id of its task's assignment, which no other executor knows, and then as one
 * of the executor to which Spark has sent that task.
 *
 * <p>If Spark has sent an assignment to several executors, each of them knows its id. Then messages
 * prove nothing, and only the reports that come with the end of a task count. Not thread-safe.
 */
final class ReportAttribution {
  /** Messages that wait for the start of their task, which Spark announces within milliseconds. */
  private static final int MAX_EARLY = 10_000;

  /** Whether a wave gave an assignment to its task of an index. */
  @FunctionalInterface
  interface Assignments {
    boolean isAssigned(int wave, int index, long assignment);
  }

  private final Assignments assignments;

  /** Running tasks whose assignment Spark has sent to no other executor, by attempt. */
  private final Map<Long, Task> only = new HashMap<>();

  /** The last message of each attempt that is not among them, or not yet. */
  private final Map<Long, RangeReport> early = new LatestMap<>(MAX_EARLY);

  ReportAttribution(Assignments assignments) {
    this.assignments = assignments;
  }

  /** Records the start of a task; returns the report of its messages before that, if it counts. */
  Optional<RangeReport> started(Task task) {
    RangeReport message = early.remove(task.attempt());
    if (task.number() > 0) {
      only.values()
          .removeIf(other -> other.group().equals(task.group()) && other.index() == task.index());
      return Optional.empty();
    }
    only.put(task.attempt(), task);
    return Optional.ofNullable(message).flatMap(report -> of(task, report));
  }

  /** Returns a message's report, with the true executor, if it counts now. */
  Optional<RangeReport> ofMessage(RangeReport message) {
    Task task = only.get(message.attempt());
    if (task == null) {
      early.put(message.attempt(), message);
      return Optional.empty();
    }
    return of(task, message);
  }

  /** Records the end of a task; returns those of its reports that count, with its executor. */
  List<RangeReport> ended(TaskEnd end) {
    Task task = end.task();
    only.remove(task.attempt());
    early.remove(task.attempt());
    return end.reports().stream().flatMap(report -> of(task, report).stream()).toList();
  }

  private Optional<RangeReport> of(Task task, RangeReport report) {
    boolean isOfTask =
        report.attempt() == task.attempt()
            && assignments.isAssigned(
                Waves.number(task.group()), task.index(), report.assignment());
    return isOfTask ? Optional.of(report.from(task.host(), task.executor())) : Optional.empty();
  }
}
