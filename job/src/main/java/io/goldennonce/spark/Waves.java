package io.goldennonce.spark;

import io.goldennonce.search.schedule.Scheduler;
import io.goldennonce.search.schedule.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark jobs of one run: submits the waves of its {@link Scheduler}, and cancels them. Used by
 * the run's thread only.
 */
final class Waves {
  private static final Logger LOG = LoggerFactory.getLogger(Waves.class);

  /** Spark drops announcements if its queue for them is full. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern CANCELLED = Pattern.compile("\\bJob \\d+ cancelled\\b");

  private final JavaSparkContext context;
  private final String group;
  private final Scheduler scheduler;
  private final Function<Wave, RangeTask> task;
  private final List<WaveJob> jobs = new ArrayList<>();

  /** Numbers of jobs whose end was announced. */
  private final Set<Integer> announced = new HashSet<>();

  /** Times at which jobs were first seen to be done. */
  private final Map<Integer, Long> doneSince = new HashMap<>();

  /**
   * @param group the start of their job groups' names
   * @param task creates the task of a wave
   */
  Waves(
      JavaSparkContext context, String group, Scheduler scheduler, Function<Wave, RangeTask> task) {
    this.context = context;
    this.group = group;
    this.scheduler = scheduler;
    this.task = task;
  }

  int slots() {
    return Slots.of(context);
  }

  /** Submits waves until enough ranges are in flight. */
  void fill() {
    int slots = slots();
    for (Optional<Wave> next = scheduler.nextWave(slots);
        next.isPresent();
        next = scheduler.nextWave(slots)) {
      jobs.add(submit(next.get()));
    }
  }

  private WaveJob submit(Wave wave) {
    return WaveJob.submit(
        context,
        wave.number(),
        group + " wave " + wave.number(),
        "wave " + wave.number() + ": positions from " + wave.lowest(),
        wave.assignments(),
        task.apply(wave));
  }

  void cancelObsolete() {
    for (int number : scheduler.takeObsoleteWaves()) {
      jobs.removeIf(
          job -> {
            boolean obsolete = job.number() == number;
            if (obsolete) {
              job.cancel(context);
            }
            return obsolete;
          });
    }
  }

  /** Records that Spark has announced the end of a job, and before that of its tasks. */
  void announceEnd(String jobGroup) {
    int number = number(jobGroup);
    if (jobs.stream().anyMatch(job -> job.number() == number)) {
      announced.add(number);
    }
  }

  /**
   * Processes the jobs that have ended. The future of a job is done before Spark announces the ends
   * of its last tasks, which have their reports; without these their ranges would be allocated
   * again.
   */
  void checkDone() throws InterruptedException {
    for (Iterator<WaveJob> i = jobs.iterator(); i.hasNext(); ) {
      WaveJob job = i.next();
      if (job.isDone() && isAnnounced(job.number())) {
        i.remove();
        announced.remove(job.number());
        doneSince.remove(job.number());
        Optional<Throwable> failure = job.failure();
        if (failure.isPresent()) {
          lost(job.number(), failure.get());
        } else {
          scheduler.waveEnded(job.number());
        }
      }
    }
  }

  /** Whether the end of a job that is done was announced, or Spark has dropped the announcement. */
  private boolean isAnnounced(int number) {
    long since = doneSince.computeIfAbsent(number, ignored -> System.nanoTime());
    return announced.contains(number) || System.nanoTime() - since > PATIENCE.toNanos();
  }

  private void lost(int number, Throwable cause) {
    boolean continues =
        !isCancelled(cause) && scheduler.waveLost(number) && !context.sc().isStopped();
    if (!continues) {
      throw SearchFailedException.of(cause);
    }
    LOG.warn("wave {} was lost; its unfinished ranges are submitted again: {}", number, cause);
  }

  /**
   * Whether a user has cancelled the job, in Spark's UI or by its API. That ends the search, while
   * a wave that fails otherwise is submitted again. Jobs that the run itself cancels are no longer
   * in the list.
   */
  private static boolean isCancelled(Throwable cause) {
    // By the text, since Spark 3.5 gives no error class.
    return cause instanceof SparkException && CANCELLED.matcher(cause.getMessage()).find();
  }

  /** Returns the wave's number from the name of its job group. */
  static int number(String jobGroup) {
    return Integer.parseInt(jobGroup.substring(jobGroup.lastIndexOf(' ') + 1));
  }

  /**
   * Cancels all jobs, and waits until Spark has processed that.
   *
   * @return whether there was anything to cancel
   */
  boolean cancelAll(Duration limit) throws InterruptedException {
    List<WaveJob> running = jobs.stream().filter(job -> !job.isDone()).toList();
    jobs.clear();
    // Jobs whose ranges are all done end by themselves, and Spark warns of a cancellation that
    // finds nothing. After a find, a task of its wave may still scan.
    boolean ending = scheduler.isAllDone() && !scheduler.hasEnough();
    if (!ending) {
      running.forEach(job -> job.cancel(context));
    }
    for (WaveJob job : running) {
      // After that no task starts. If the job does not end in time, its tasks show it.
      job.awaitDone(limit);
    }
    return !running.isEmpty();
  }
}
