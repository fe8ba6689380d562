package io.goldennonce.spark;

import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Knows which tasks of one search are running, so that a stop can be timed to the last of them. */
final class RunningTasks extends SparkListener {
  private final String groupPrefix;
  private final Set<Integer> stages = new HashSet<>();
  private final Set<Long> running = new HashSet<>();

  /** Watches the jobs whose group's name begins with the prefix. */
  RunningTasks(String groupPrefix) {
    this.groupPrefix = groupPrefix;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    if (properties != null
        && properties.getProperty("spark.jobGroup.id", "").startsWith(groupPrefix)) {
      stages.add(event.stageInfo().stageId());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (stages.contains(event.stageId())) {
      running.add(event.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (running.remove(event.taskInfo().taskId()) && running.isEmpty()) {
      notifyAll();
    }
  }

  /**
   * Waits until none is running.
   *
   * @return whether that came about before the time was over
   */
  synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!running.isEmpty()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
