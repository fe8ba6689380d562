package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.testing.LocalSpark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster that gives the application no executor: a master without a worker. A stop that waits
 * for a task would not end in time, nor could it be interrupted.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("spark")
class NoExecutorTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final Configuration.Search SETTINGS =
      new Configuration.Search(
          "auto", MOMENT, 1000, MOMENT, 100, 0, Duration.ofSeconds(10), Duration.ofHours(1));

  private static JavaSparkContext context;

  @BeforeAll
  static void startMaster() {
    context =
        new SparkApplication(
                "test",
                Map.of("spark.master", "local-cluster[0,1,1024]", "spark.ui.enabled", "false"))
            .start();
  }

  @AfterAll
  static void stopMaster() {
    context.close();
  }

  @Test
  void run_deadline_endsItWithoutWaitingForATask() throws InterruptedException {
    SearchSpec spec =
        SearchSpec.of(
            new MessageTemplate(NonceTemplate.ofHeader(new byte[80])),
            Target.ofZeroBits(256),
            ResultMode.ANY);
    try (SparkSearch search = new SparkSearch(context, SETTINGS)) {
      SearchResult result;
      try (CompletedSearch completed =
          search.run(spec, LedgerStore.none(), StopSignal.after(MOMENT), new SearchObserver() {})) {
        result = completed.result();
      }
      assertThat(result.outcome()).isEqualTo(Outcome.DEADLINE);
      assertThat(result.work().hashes()).isZero();
      assertThat(result.work().isExact()).isTrue();
      assertThat(result.stopLatency()).as("nothing had to stop").isEmpty();
    }
    LocalSpark.awaitNoJob(context);
  }

  @Test
  void coins_deadline_endsThemWithoutWaitingForTheirWave() throws InterruptedException {
    Outcome outcome =
        new CoinSearch(context, MOMENT, 1000, Duration.ofHours(1))
            .run(
                List.of(Coins.candidates(1)),
                Long.MAX_VALUE,
                StopSignal.after(MOMENT),
                (count, seconds) -> {
                  throw new AssertionError("nobody has counted " + count);
                });
    assertThat(outcome).isEqualTo(Outcome.DEADLINE);
  }
}
