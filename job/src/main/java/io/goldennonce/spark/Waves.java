package io.goldennonce.spark;

import io.goldennonce.search.Scheduler;
import io.goldennonce.search.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark jobs of one run: submits what its {@link Scheduler} gives, and cancels. Used by the
 * run's thread only.
 */
final class Waves {
  private static final Logger LOG = LoggerFactory.getLogger(Waves.class);

  private static final Pattern CANCELLED = Pattern.compile("\\bJob \\d+ cancelled\\b");

  private final JavaSparkContext context;
  private final String group;
  private final Scheduler scheduler;
  private final RangeTask task;
  private final List<WaveJob> jobs = new ArrayList<>();

  /**
   * @param group what the names of their job groups begin with
   * @param task what a wave's tasks do, but for its times
   */
  Waves(JavaSparkContext context, String group, Scheduler scheduler, RangeTask task) {
    this.context = context;
    this.group = group;
    this.scheduler = scheduler;
    this.task = task;
  }

  /** How many tasks can run at once. */
  int slots() {
    return Slots.of(context);
  }

  /** Submits waves until enough ranges wait. */
  void fill() {
    int slots = slots();
    for (Optional<Wave> next = scheduler.nextWave(slots);
        next.isPresent();
        next = scheduler.nextWave(slots)) {
      jobs.add(WaveJob.submit(context, group, next.get(), task.of(next.get())));
    }
  }

  /** Cancels the waves that nobody needs any more. */
  void cancelNeedless() {
    for (int number : scheduler.takeNeedless()) {
      jobs.removeIf(
          job -> {
            boolean needless = job.number() == number;
            if (needless) {
              job.cancel(context);
            }
            return needless;
          });
    }
  }

  /**
   * Looks which jobs have ended.
   *
   * @param news takes what follows from it, to be run after all that is known already: the tasks'
   *     last reports
   */
  void checkDone(Consumer<Runnable> news) throws InterruptedException {
    for (Iterator<WaveJob> i = jobs.iterator(); i.hasNext(); ) {
      WaveJob job = i.next();
      if (job.isDone()) {
        i.remove();
        Optional<Throwable> failure = job.failure();
        news.accept(
            failure.isPresent()
                ? () -> lost(job.number(), failure.get())
                : () -> scheduler.waveEnded(job.number()));
      }
    }
  }

  private void lost(int number, Throwable cause) {
    boolean goesOn = !isCancelled(cause) && scheduler.waveLost(number) && !context.sc().isStopped();
    if (!goesOn) {
      throw new SearchFailedException("a Spark job of the search failed: " + cause, cause);
    }
    LOG.warn("wave {} was lost, what it has not done is sent out again: {}", number, cause);
  }

  /**
   * Whether somebody has ended the job, in Spark's UI or by its interface: that ends the search,
   * while what a bad machine breaks is sent out again. The run takes the jobs that it cancels
   * itself from the list before.
   */
  private static boolean isCancelled(Throwable cause) {
    // The text, as Spark 3.5 gives no error class.
    return cause instanceof SparkException && CANCELLED.matcher(cause.getMessage()).find();
  }

  /** The wave of a job group of this run. */
  static int number(String jobGroup) {
    return Integer.parseInt(jobGroup.substring(jobGroup.lastIndexOf(' ') + 1));
  }

  /**
   * Cancels all, and waits until Spark has taken that in.
   *
   * @return whether there was anything to cancel
   */
  boolean cancelAll(Duration limit) throws InterruptedException {
    List<WaveJob> running = jobs.stream().filter(job -> !job.isDone()).toList();
    jobs.clear();
    // What has done all its ranges only has to end, and Spark warns of a cancellation that finds
    // nothing. After a find a task of its wave may still scan what nobody needs.
    boolean ending = scheduler.isAllDone() && !scheduler.hasEnough();
    if (!ending) {
      running.forEach(job -> job.cancel(context));
    }
    for (WaveJob job : running) {
      job.awaitCancelled(limit);
    }
    return !running.isEmpty();
  }
}
