package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.LocalSpark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class CoinSearchTest {
  private static final Duration STOP_WAIT = Duration.ofSeconds(30);

  private final List<CoinCount> counts = new ArrayList<>();
  private final JavaSparkContext context;
  private CoinSearch search;
  private List<ExecutorWork> work = List.of();

  CoinSearchTest(JavaSparkContext context) {
    this.context = context;
    this.search = new CoinSearch(context, Duration.ofMillis(100), 1000, STOP_WAIT);
  }

  @Test
  void run_untilSoManyCoins_hasThoseWithTheLowestPositions() throws InterruptedException {
    // Two stretches are done already.
    List<NonceRange> left =
        List.of(
            new NonceRange(0, 5000), new NonceRange(9000, 20_000), new NonceRange(30_000, 1 << 20));
    assertThat(run(left, 2000, StopSignal.never())).isEqualTo(Outcome.FOUND);
    long taken = 0;
    for (NonceRange range : left) {
      CoinCount expected = Coins.count(range, 2000 - taken, () -> false);
      taken += expected.coins();
      assertThat(merged(range)).isEqualTo(expected);
    }
    assertThat(taken).isEqualTo(2000);
  }

  @Test
  void run_withoutEnoughCoins_countsAllThereAre() throws InterruptedException {
    NonceRange all = new NonceRange(77, 50_000);
    assertThat(run(List.of(all), Long.MAX_VALUE, StopSignal.never())).isEqualTo(Outcome.EXHAUSTED);
    assertThat(merged(all)).isEqualTo(Coins.count(all, Long.MAX_VALUE, () -> false));
    assertThat(work)
        .singleElement()
        .satisfies(
            driver -> {
              assertThat(driver.executor()).isEqualTo("driver");
              assertThat(driver.hashes()).isEqualTo(all.size());
            });
  }

  @Test
  void run_interrupted_ends() throws InterruptedException {
    StopSignal stop =
        () -> counts.size() >= 2 ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
    assertThat(run(List.of(Coins.candidates(3)), Long.MAX_VALUE, stop))
        .isEqualTo(Outcome.INTERRUPTED);
    assertThat(counts).hasSize(2);
    assertThat(counts.get(0).range().to()).isEqualTo(counts.get(1).range().from());
  }

  @Test
  void run_deadlineInAWave_keepsWhatItsTasksHaveCounted() throws InterruptedException {
    // No task of this wave would ever end by itself.
    search = new CoinSearch(context, Duration.ofMillis(100), 1L << 36, STOP_WAIT);
    NonceRange all = Coins.candidates(4);
    TaskStarts tasks = new TaskStarts();
    context.sc().addSparkListener(tasks);
    try {
      StopSignal stop = stopAt(StopReason.DEADLINE, 20, () -> tasks.started);
      assertThat(run(List.of(all), Long.MAX_VALUE, stop)).isEqualTo(Outcome.DEADLINE);
    } finally {
      context.sc().removeSparkListener(tasks);
    }
    assertThat(counts).isNotEmpty().allSatisfy(CoinSearchTest::assertExact);
    assertThat(work)
        .singleElement()
        .satisfies(driver -> assertThat(driver.hashes()).isEqualTo(hashes()));
  }

  @Test
  void run_stoppedAgainAndAgain_countsEachCandidateOnce() throws InterruptedException {
    NonceRange all = new NonceRange(5, 1 << 21);
    int stops = 0;
    for (int polls = 1; polls < 40; polls += 4) {
      StopReason reason = polls % 8 == 1 ? StopReason.DEADLINE : StopReason.INTERRUPTED;
      Outcome outcome = run(missing(all), Long.MAX_VALUE, stopAt(reason, polls, () -> true));
      stops += outcome == Outcome.of(reason) ? 1 : 0;
    }
    assertThat(stops).as("runs that were stopped").isPositive();
    assertThat(run(missing(all), Long.MAX_VALUE, StopSignal.never())).isEqualTo(Outcome.EXHAUSTED);
    assertThat(merged(all)).isEqualTo(Coins.count(all, Long.MAX_VALUE, () -> false));
  }

  /** Knows at once that a task runs: what it counts until the stop is counted again by the test. */
  private static final class TaskStarts extends SparkListener {
    private volatile boolean started;

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      started = true;
    }
  }

  /** Stops when it was asked so often while a condition held. */
  private static StopSignal stopAt(StopReason reason, int polls, BooleanSupplier condition) {
    int[] asked = {0};
    return () -> {
      asked[0] += condition.getAsBoolean() ? 1 : 0;
      return asked[0] >= polls ? Optional.of(reason) : Optional.empty();
    };
  }

  private static void assertExact(CoinCount count) {
    assertThat(count.range().isEmpty()).isFalse();
    assertThat(count).isEqualTo(Coins.count(count.range(), Long.MAX_VALUE, () -> false));
  }

  private long hashes() {
    return counts.stream().mapToLong(count -> count.range().size()).sum();
  }

  /** What no count has, ascending. */
  private List<NonceRange> missing(NonceRange all) {
    counts.sort(Comparator.comparingLong(count -> count.range().from()));
    List<NonceRange> missing = new ArrayList<>();
    long from = all.from();
    for (CoinCount count : counts) {
      assertThat(count.range().from()).as("counted twice").isGreaterThanOrEqualTo(from);
      if (count.range().from() > from) {
        missing.add(new NonceRange(from, count.range().from()));
      }
      from = count.range().to();
    }
    if (from < all.to()) {
      missing.add(new NonceRange(from, all.to()));
    }
    return missing;
  }

  private Outcome run(List<NonceRange> candidates, long most, StopSignal stop)
      throws InterruptedException {
    return search.run(
        candidates,
        most,
        stop,
        new CoinSearch.Listener() {
          @Override
          public void counted(CoinCount count, double seconds) {
            counts.add(count);
          }

          @Override
          public void waveEnded(List<ExecutorWork> all) {
            work = all;
          }
        });
  }

  /** What was told within a stretch, as one. */
  private CoinCount merged(NonceRange stretch) {
    return counts.stream()
        .filter(count -> count.range().from() >= stretch.from())
        .filter(count -> count.range().to() <= stretch.to())
        .sorted(Comparator.comparingLong(count -> count.range().from()))
        .reduce(CoinCount::mergedWith)
        .orElseThrow();
  }
}
