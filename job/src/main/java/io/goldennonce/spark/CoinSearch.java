package io.goldennonce.spark;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.schedule.RangeAllocator;
import io.goldennonce.search.schedule.RangeSizer;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts coins on Spark. A coin is found with every sixteenth hash, so nothing is gained by a
 * signal from task to driver: a wave of ranges goes out, its counts come back as the job's result,
 * and the next one follows, about {@code rangeTime} later. What a wave has counted, it has counted
 * whole; one that is cancelled counts for nothing and is done again the next time.
 */
public final class CoinSearch {
  /** So many ranges a slot and wave, for a slow one to hold up only a part of it. */
  private static final int RANGES_PER_SLOT = 4;

  /** How often waves may be lost in a row: one time more is the end. */
  private static final int MAX_LOSSES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CoinSearch.class);
  private static final long TICK_MILLIS = 5;

  /** What {@link Coins} hashes with. */
  private static final String KERNEL = "message-digest";

  private final JavaSparkContext context;
  private final RangeSizer sizer;
  private final Map<String, ExecutorWork> work = new TreeMap<>();

  /**
   * @param rangeTime how long a wave shall take
   * @param firstRange candidates in a range while no rate is known
   */
  public CoinSearch(JavaSparkContext context, Duration rangeTime, long firstRange) {
    this.context = context;
    this.sizer = new RangeSizer(rangeTime.dividedBy(RANGES_PER_SLOT), firstRange);
  }

  /** Is told of what was counted, in the thread that counts. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param count what follows, whole, on nothing that was told before
     * @param seconds how long it took, all slots together at it
     */
    void counted(CoinCount count, double seconds);

    /**
     * All of a wave was told.
     *
     * @param work what each executor has done in this run
     */
    default void waveEnded(List<ExecutorWork> work) {}
  }

  /**
   * Counts until there are so many coins, no candidate is left, or {@code stop} says so; a deadline
   * is kept after the wave that it falls into, unless there is nothing to run the wave on.
   *
   * @param candidates what to hash, ascending
   * @param most how many coins to end with, at least 1: those with the lowest positions
   * @return how it ended: {@code FOUND} with {@code most} coins
   * @throws SearchFailedException if Spark gave up on a task again and again
   */
  public Outcome run(List<NonceRange> candidates, long most, StopSignal stop, Listener listener)
      throws InterruptedException {
    RangeAllocator allocator = new RangeAllocator(candidates);
    String group = "coins " + UUID.randomUUID();
    long left = most;
    int losses = 0;
    work.clear();
    while (!allocator.isEmpty()) {
      Optional<StopReason> reason = stop.reason();
      if (reason.isPresent()) {
        return Outcome.of(reason.get());
      }
      List<NonceRange> ranges = allocate(allocator);
      long start = System.nanoTime();
      Optional<List<TimedCount>> counts;
      try {
        counts = wave(group, ranges, stop);
        losses = 0;
      } catch (SearchFailedException e) {
        losses++;
        if (losses > MAX_LOSSES || context.sc().isStopped()) {
          throw e;
        }
        LOG.warn("a wave of coins was lost, it is sent out again: {}", e.getMessage());
        ranges.forEach(allocator::giveBack);
        continue;
      }
      if (counts.isEmpty()) {
        return stop.reason().map(Outcome::of).orElse(Outcome.INTERRUPTED);
      }
      left -= take(counts.get(), left, (System.nanoTime() - start) * 1e-9, listener);
      listener.waveEnded(List.copyOf(work.values()));
      if (left == 0) {
        return Outcome.FOUND;
      }
    }
    return Outcome.EXHAUSTED;
  }

  private List<NonceRange> allocate(RangeAllocator allocator) {
    int wanted = RANGES_PER_SLOT * Math.max(1, context.defaultParallelism());
    List<NonceRange> ranges = new ArrayList<>(wanted);
    for (int i = 0; i < wanted; i++) {
      allocator.next(sizer.size()).ifPresent(ranges::add);
    }
    return ranges;
  }

  /** What a range's task gives back. */
  private record TimedCount(CoinCount count, long nanos, String executor, String host)
      implements Serializable {
    /** The work of its executor, with this. */
    ExecutorWork addedTo(@Nullable ExecutorWork before) {
      long hashes = (before == null ? 0 : before.hashes()) + count.range().size();
      return new ExecutorWork(executor, host, KERNEL, hashes, 0);
    }
  }

  /** Runs a wave to its end, or to nothing where it is given up. */
  private Optional<List<TimedCount>> wave(String group, List<NonceRange> ranges, StopSignal stop)
      throws InterruptedException {
    context.setJobGroup(group, "coins among candidates from " + ranges.get(0).from(), false);
    JavaFutureAction<List<TimedCount>> job;
    try {
      job = context.parallelize(ranges, ranges.size()).map(CoinSearch::count).collectAsync();
    } finally {
      context.clearJobGroup();
    }
    while (true) {
      try {
        return Optional.of(job.get(TICK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (stop.reason().filter(this::endsAWave).isPresent()) {
          context.cancelJobGroup(group);
          return Optional.empty();
        }
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new SearchFailedException("a Spark job of the search failed: " + cause, cause);
      }
    }
  }

  /** A signal ends the process; a wave that nothing runs is not waited for, either. */
  private boolean endsAWave(StopReason reason) {
    return reason == StopReason.INTERRUPTED || !LiveExecutors.any(context);
  }

  /** In a task. */
  private static TimedCount count(NonceRange range) {
    long start = System.nanoTime();
    CoinCount count = Coins.count(range, Long.MAX_VALUE, TaskContext.get()::isInterrupted);
    SparkEnv env = SparkEnv.get();
    String host = env.blockManager().blockManagerId().host();
    return new TimedCount(count, System.nanoTime() - start, env.executorId(), host);
  }

  /**
   * Takes a wave's counts, up to so many coins, and tells of them, neighbours together.
   *
   * @return how many coins were taken
   */
  private long take(List<TimedCount> counts, long most, double seconds, Listener listener) {
    long hashes = counts.stream().mapToLong(each -> each.count().range().size()).sum();
    List<CoinCount> merged = new ArrayList<>();
    long coins = 0;
    for (TimedCount each : counts) {
      sizer.measured(each.count().range().size(), each.nanos());
      work.compute(each.executor(), (executor, before) -> each.addedTo(before));
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

  /** A count, or the part of it that has so many coins. */
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
