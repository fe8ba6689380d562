package io.goldennonce.spark;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.schedule.ExecutorTally;
import io.goldennonce.search.schedule.RangeAllocator;
import io.goldennonce.search.schedule.RangeSizer;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts coins on Spark. Since every sixteenth hash is a coin, tasks need not signal finds: a wave
 * of ranges is submitted, each task delivers its count as it ends, and the next wave follows, about
 * {@code rangeTime} later. A stop cancels the wave; its tasks deliver their counts so far, and the
 * rest is left for the next run.
 */
public final class CoinSearch {
  /** Ranges per slot and wave, so that a slow task delays only a part of the wave. */
  private static final int RANGES_PER_SLOT = 4;

  /** Number of waves that may be lost in a row before the search fails. */
  private static final int MAX_LOSSES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CoinSearch.class);
  private static final Duration TICK = Duration.ofMillis(5);

  /** The kernel that {@link Coins} uses. */
  private static final String KERNEL = "message-digest";

  private final JavaSparkContext context;
  private final Duration stopWait;
  private final RangeSizer sizer;

  /**
   * @param rangeTime the time a wave should take
   * @param firstRange candidates in a range while no rate is known
   * @param stopWait maximum wait for the tasks of a cancelled wave
   */
  public CoinSearch(
      JavaSparkContext context, Duration rangeTime, long firstRange, Duration stopWait) {
    this.context = context;
    this.stopWait = stopWait;
    this.sizer = new RangeSizer(rangeTime.dividedBy(RANGES_PER_SLOT), firstRange);
  }

  /** Receives counts, in the thread of the search. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Reports a count.
     *
     * @param count a count of candidates that were not counted before
     * @param seconds the time it took on all slots
     */
    void counted(CoinCount count, double seconds);

    /**
     * Reports the end of a wave, after all of its counts.
     *
     * @param work the work of each executor in this run
     */
    default void waveEnded(List<ExecutorWork> work) {}
  }

  /**
   * Counts until enough coins are found, no candidate is left, or {@code stop} says so.
   *
   * @param candidates the candidates to hash, ascending
   * @param most maximum number of coins, at least 1: those with the lowest positions, unless
   *     stopped before
   * @return how it ended: {@code FOUND} with {@code most} coins
   * @throws SearchFailedException if Spark jobs failed repeatedly
   */
  public Outcome run(List<NonceRange> candidates, long most, StopSignal stop, Listener listener)
      throws InterruptedException {
    try (Run run = new Run(stop)) {
      return run.count(new RangeAllocator(candidates), most, listener);
    }
  }

  /** The count that a task delivers, of its range or the first part of it. */
  private record TimedCount(CoinCount count, long nanos, String executor, String host)
      implements Serializable {
    NonceRange range() {
      return count.range();
    }

    ExecutorWork work() {
      return new ExecutorWork(executor, host, KERNEL, range().size(), 0);
    }
  }

  /** One run: its waves are Spark jobs of one group. */
  private final class Run implements AutoCloseable {
    private final String id = UUID.randomUUID().toString();
    private final String group = "coins " + id;
    private final StopSignal stop;
    private final RunningTasks tasks =
        new RunningTasks(context, group, new RunningTasks.Listener() {});
    private final ExecutorTally work = new ExecutorTally();
    private int waves;

    /**
     * The counts that the wave's tasks have delivered, by first position. Of several attempts at a
     * range, the one that has counted most of it.
     */
    private final Map<Long, TimedCount> delivered = new ConcurrentSkipListMap<>();

    Run(StopSignal stop) {
      this.stop = stop;
      context.sc().addSparkListener(tasks);
      MiningPlugin.open(
          id,
          TimedCount.class,
          count ->
              delivered.merge(
                  count.range().from(),
                  count,
                  (a, b) -> a.range().size() >= b.range().size() ? a : b));
    }

    Outcome count(RangeAllocator allocator, long most, Listener listener)
        throws InterruptedException {
      long left = most;
      int losses = 0;
      while (!allocator.isEmpty()) {
        Optional<StopReason> reason = stop.reason();
        if (reason.isPresent()) {
          return Outcome.of(reason.get());
        }
        List<NonceRange> ranges = allocate(allocator);
        long start = System.nanoTime();
        delivered.clear();
        Optional<SearchFailedException> failure = wave(ranges);
        List<TimedCount> counts = counted(ranges, allocator);
        left -= take(counts, left, (System.nanoTime() - start) * 1e-9, listener);
        listener.waveEnded(work.work());
        if (left == 0) {
          return Outcome.FOUND;
        }
        losses = failure.isPresent() ? losses + 1 : 0;
        if (failure.isPresent()) {
          if (losses > MAX_LOSSES || context.sc().isStopped()) {
            throw failure.get();
          }
          LOG.warn(
              "a wave of coins was lost; the candidates it has not counted are submitted again: {}",
              failure.get().getMessage());
        }
      }
      return Outcome.EXHAUSTED;
    }

    /** Runs a wave to its end, or cancels it, and waits for its tasks. */
    private Optional<SearchFailedException> wave(List<NonceRange> ranges)
        throws InterruptedException {
      String run = id;
      WaveJob job =
          WaveJob.submit(
              context,
              ++waves,
              group,
              "coins among candidates from " + ranges.get(0).from(),
              ranges,
              range -> deliverCount(run, range));
      while (!job.awaitDone(TICK)) {
        if (stop.reason().isPresent()) {
          cancel(job);
          return Optional.empty();
        }
      }
      return job.failure().map(SearchFailedException::of);
    }

    private void cancel(WaveJob job) throws InterruptedException {
      job.cancel(context);
      if (!tasks.awaitIdle(stopWait)) {
        LOG.warn(
            "some tasks were still running {} ms after the stop request; their candidates are"
                + " counted again",
            stopWait.toMillis());
      }
    }

    /** Returns the counts of a wave's tasks, ascending, and gives back the rest. */
    private List<TimedCount> counted(List<NonceRange> ranges, RangeAllocator allocator) {
      List<TimedCount> counts = new ArrayList<>();
      for (NonceRange range : ranges) {
        TimedCount count = delivered.remove(range.from());
        long to = count == null ? range.from() : count.range().to();
        if (count != null && to > range.from()) {
          counts.add(count);
        }
        allocator.giveBack(new NonceRange(to, range.to()));
      }
      return counts;
    }

    /**
     * Reports a wave's counts up to a number of coins, adjacent ones merged.
     *
     * @return the number of coins reported
     */
    private long take(List<TimedCount> counts, long most, double seconds, Listener listener) {
      long hashes = counts.stream().mapToLong(each -> each.range().size()).sum();
      List<CoinCount> merged = new ArrayList<>();
      long coins = 0;
      for (TimedCount each : counts) {
        sizer.measured(each.range().size(), each.nanos());
        work.add(each.work());
        if (coins < most) {
          CoinCount count = upTo(each.count(), most - coins);
          coins += count.coins();
          append(merged, count);
        }
      }
      for (CoinCount count : merged) {
        listener.counted(count, seconds * count.range().size() / hashes);
      }
      return coins;
    }

    @Override
    public void close() {
      MiningPlugin.close(id);
      context.sc().removeSparkListener(tasks);
    }
  }

  private List<NonceRange> allocate(RangeAllocator allocator) {
    int wanted = RANGES_PER_SLOT * Math.max(1, context.defaultParallelism());
    List<NonceRange> ranges = new ArrayList<>(wanted);
    for (int i = 0; i < wanted; i++) {
      allocator.next(sizer.size()).ifPresent(ranges::add);
    }
    return ranges;
  }

  /** In a task: counts until the range ends or Spark cancels its job, and delivers the count. */
  private static void deliverCount(String run, NonceRange range) throws Exception {
    long start = System.nanoTime();
    CoinCount count = Coins.count(range, Long.MAX_VALUE, TaskContext.get()::isInterrupted);
    SparkEnv env = SparkEnv.get();
    String host = env.blockManager().blockManagerId().host();
    TimedCount timed = new TimedCount(count, System.nanoTime() - start, env.executorId(), host);
    // If it can't be delivered, the task fails, and Spark retries the range.
    if (!MiningPlugin.deliver(run, timed)) {
      throw new IllegalStateException("coins need " + MiningPlugin.class.getName() + " in Spark");
    }
  }

  /** Returns a count cut off after a number of coins. */
  private static CoinCount upTo(CoinCount count, long most) {
    return count.coins() < most ? count : Coins.count(count.range(), most, () -> false);
  }

  private static void append(List<CoinCount> merged, CoinCount count) {
    int last = merged.size() - 1;
    if (last >= 0 && merged.get(last).range().to() == count.range().from()) {
      merged.set(last, merged.get(last).mergedWith(count));
    } else {
      merged.add(count);
    }
  }
}
