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
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class CoinSearchTest {
  private final List<CoinCount> counts = new ArrayList<>();
  private final CoinSearch search;
  private List<ExecutorWork> work = List.of();

  CoinSearchTest(JavaSparkContext context) {
    this.search = new CoinSearch(context, Duration.ofMillis(100), 1000);
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
  void run_pastItsDeadline_keepsTheWaveThatItFellInto() throws InterruptedException {
    boolean[] asked = {false};
    StopSignal stop =
        () -> {
          Optional<StopReason> reason =
              asked[0] ? Optional.of(StopReason.DEADLINE) : Optional.empty();
          asked[0] = true;
          return reason;
        };
    assertThat(run(List.of(Coins.candidates(4)), Long.MAX_VALUE, stop)).isEqualTo(Outcome.DEADLINE);
    assertThat(counts).hasSize(1);
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
        .reduce(CoinCount::mergedWith)
        .orElseThrow();
  }
}
