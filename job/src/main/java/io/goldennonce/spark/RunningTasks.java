package io.goldennonce.spark;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.RangeReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the running tasks of one run, to time a stop up to the last of them, and reports which
 * executor each was sent to, and which have ended, from which no more reports will come.
 */
final class RunningTasks extends SparkListener {
  /** Stages remembered: only a few run at a time, and a stage's last tasks end soon after it. */
  private static final int MAX_STAGES = 1_000;

  private final JavaSparkContext context;
  private final String groupPrefix;
  private final Listener listener;
  private final Map<Integer, String> stages = new LatestMap<>(MAX_STAGES);
  private final Map<Long, Task> running = new HashMap<>();
  private long idleSince = System.nanoTime();
  private boolean anyRan;
  private @Nullable String awaitedGroup;

  /**
   * A task that Spark has started: one attempt at a range.
   *
   * @param attempt its id, as in its reports
   * @param group its job's group
   * @param index the range's index in the job
   * @param number the number of earlier attempts at the range
   * @param host the host of the executor that Spark has sent it to
   * @param executor that executor's id
   */
  record Task(long attempt, String group, int index, int number, String host, String executor) {
    private static Task of(TaskInfo info, String group) {
      return new Task(
          info.taskId(), group, info.index(), info.attemptNumber(), info.host(), info.executorId());
    }
  }

  /**
   * The end of a task, successful or not.
   *
   * @param executorLost whether it ended because its executor was lost
   * @param reports what it added to the accumulator, also if Spark does not merge it
   */
  record TaskEnd(Task task, boolean executorLost, List<RangeReport> reports) {}

  /** Called in Spark's thread. */
  interface Listener {
    /** Called for each task that starts, perhaps after its first reports. */
    default void started(Task task) {}

    /** Called for each task that ends, after its last report. */
    default void ended(TaskEnd end) {}
  }

  /** Tracks the jobs whose group starts with a prefix. */
  RunningTasks(JavaSparkContext context, String groupPrefix, Listener listener) {
    this.context = context;
    this.groupPrefix = groupPrefix;
    this.listener = listener;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart event) {
    if (awaitedGroup != null && awaitedGroup.equals(group(event.properties()))) {
      awaitedGroup = null;
      notifyAll();
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    String group = group(event.properties());
    if (group.startsWith(groupPrefix)) {
      stages.put(event.stageInfo().stageId(), group);
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    String group = stages.get(event.stageId());
    if (group != null) {
      Task task = Task.of(event.taskInfo(), group);
      running.put(task.attempt(), task);
      anyRan = true;
      listener.started(task);
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    String group = stages.get(event.stageId());
    if (group == null) {
      return;
    }
    Task task = Task.of(event.taskInfo(), group);
    listener.ended(
        new TaskEnd(
            task,
            event.reason() instanceof ExecutorLostFailure,
            ReportAccumulator.of(event.taskMetrics())));
    if (running.remove(task.attempt()) != null && running.isEmpty()) {
      idleSince = System.nanoTime();
      notifyAll();
    }
  }

  /**
   * Waits until none is running, after their jobs are over. Does not wait for a cluster without
   * executors.
   *
   * @return false if the time limit was reached
   */
  boolean awaitIdle(Duration limit) throws InterruptedException {
    String group = "events up to " + UUID.randomUUID();
    synchronized (this) {
      awaitedGroup = group;
    }
    // Events are in order, so once a new job has started, the starts of all earlier tasks are
    // known.
    context.setJobGroup(group, "wait for the listener", false);
    JavaFutureAction<Void> job = context.parallelize(List.of(0), 1).foreachAsync(ignored -> {});
    context.clearJobGroup();
    long end = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      while (awaitedGroup != null || !running.isEmpty()) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
    }
    if (!Slots.anyExecutor(context)) {
      context.cancelJobGroup(group); // or it would wait for an executor
    }
    return isDone(job, end);
  }

  /** Waits for the job as well, since Spark warns of tasks that outlive the application. */
  private static boolean isDone(JavaFutureAction<Void> job, long end) throws InterruptedException {
    try {
      job.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Returns the tasks that are still running, as if their executors were lost now. */
  synchronized List<TaskEnd> stillRunning() {
    return running.values().stream().map(task -> new TaskEnd(task, true, List.of())).toList();
  }

  synchronized boolean anyRan() {
    return anyRan;
  }

  /**
   * Returns the {@code System.nanoTime()} at which the last task ended; only valid while none is
   * running.
   */
  synchronized long idleSince() {
    return idleSince;
  }

  private static String group(@Nullable Properties properties) {
    return properties == null ? "" : properties.getProperty("spark.jobGroup.id", "");
  }
}
