package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.plan.Price;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.CoverageHistogram;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MiningMonitorTest {
  private static final SearchSpec SPEC = Results.PUZZLE;

  private final HandClock clock = new HandClock();
  private final MiningMonitor monitor = new MiningMonitor(clock);

  @Test
  void snapshot_beforeAnySearch_isEmptyAndCanBeTold() {
    assertThat(lines())
        .contains("golden_nonce_hashes_total 0", "golden_nonce_search_running 0")
        .noneMatch(line -> line.contains("probability"));
    assertThat(StateJson.of(monitor.snapshot())).contains("\"search\":null");
  }

  @Test
  void hashes_ofSeveralSearches_addUpByExecutor() {
    try (MiningMonitor.Watch watch = monitor.watch(SPEC, "one")) {
      watch.progress(progress(1000, 0, work("1", 700, 0), work("2", 300, 1)));
      watch.ended(result(Outcome.FOUND, 1000, Duration.ofMillis(20)));
    }
    MiningMonitor.Watch second = monitor.watch(SPEC, "two");
    second.progress(progress(500, 200, work("2", 500, 0)));
    assertThat(lines())
        .contains(
            "golden_nonce_hashes_total 1500",
            "golden_nonce_finds_total 1",
            "golden_nonce_restarts_total 1",
            "golden_nonce_search_running 1",
            "golden_nonce_searches_total{outcome=\"found\"} 1",
            "golden_nonce_searches_total{outcome=\"failed\"} 0",
            "golden_nonce_waves_total 6",
            "golden_nonce_last_stop_latency_seconds 0.02",
            "golden_nonce_last_luck_ratio 65.536",
            "golden_nonce_executor_hashes_total{executor=\"1\",host=\"h\"} 700",
            "golden_nonce_executor_hashes_total{executor=\"2\",host=\"h\"} 800",
            "golden_nonce_executor_faults_total{executor=\"2\",host=\"h\"} 1");
  }

  /** At the rate of GPUs, 10¹¹ hashes a second and more, for a year: all is told to the unit. */
  @Test
  void devices_ofSeveralSearches_addUpAndSayWhichAreLost() {
    long hashes = 3_000_000_000_000_000_001L;
    try (MiningMonitor.Watch watch = monitor.watch(SPEC, "one")) {
      watch.progress(progress(hashes, 0, workOf(hashes, false)));
      watch.ended(result(Outcome.EXHAUSTED, hashes, Duration.ofMillis(20)));
    }
    monitor.watch(SPEC, "two").progress(progress(7, 0, workOf(7, true)));
    monitor.usage(
        new ExecutorUsage(
            "3",
            "h",
            1,
            1,
            List.of(new DeviceUsage("cuda:0", 0.5, 40), new DeviceUsage("cuda:1", 0.97, 61))));
    String which = "{device=\"cuda:1\",executor=\"3\",host=\"h\",name=\"NVIDIA L4\"} ";
    assertThat(lines())
        .contains(
            "golden_nonce_device_lost" + which + "1",
            "golden_nonce_device_utilization_ratio" + which + "0.97",
            "golden_nonce_device_temperature_celsius" + which + "61",
            "golden_nonce_device_hashes_per_second" + which + "0")
        .anyMatch(line -> line.startsWith("golden_nonce_device_hashes_total" + which + "3"));
    assertThat(StateJson.of(monitor.snapshot()))
        .contains("\"hashes\":" + (hashes + 7), "\"lost\":true", "\"celsius\":61");
  }

  private static ExecutorWork workOf(long hashes, boolean lost) {
    return new ExecutorWork(
        "3",
        "h",
        "cuda",
        hashes,
        0,
        List.of(new ExecutorWork.DeviceWork("cuda:1", "NVIDIA L4", hashes, lost)));
  }

  @Test
  void search_closedWithoutAnEnd_hasFailed() {
    monitor.watch(SPEC, "one").close();
    assertThat(lines())
        .contains(
            "golden_nonce_searches_total{outcome=\"failed\"} 1", "golden_nonce_search_running 0");
  }

  @Test
  void shares_ofAPool_areCountedByItsVerdict() {
    assertThat(lines()).noneMatch(line -> line.startsWith("golden_nonce_shares_total"));
    monitor.shared("accepted", 3);
    monitor.shared("stale", 9);
    monitor.shared("accepted", 2);
    assertThat(lines())
        .contains(
            "golden_nonce_best_share_difficulty 3",
            "golden_nonce_shares_total{verdict=\"accepted\"} 2",
            "golden_nonce_shares_total{verdict=\"stale\"} 1");
  }

  @Test
  void cost_ofExecutors_isToldOnceTheirPriceIsKnown() throws IOException {
    long hourAgo = System.nanoTime() - 3_600_000_000_000L;
    monitor.spending().added("1", 4, hourAgo);
    assertThat(lines()).noneMatch(line -> line.startsWith("golden_nonce_cost"));
    assertThat(
            new ObjectMapper()
                .readTree(StateJson.of(monitor.snapshot()))
                .at("/totals")
                .has("spent"))
        .isFalse();
    monitor.spending().pricedBy(new Spending.Terms(new Price(2, 0), "EUR", OptionalDouble.of(5)));
    monitor.spending().removed("1", hourAgo + 3_600_000_000_000L);
    assertThat(lines()).contains("golden_nonce_cost 2", "golden_nonce_cost_limit 5");
    JsonNode totals = new ObjectMapper().readTree(StateJson.of(monitor.snapshot())).at("/totals");
    assertThat(totals.get("spent").asDouble()).isEqualTo(2);
    assertThat(totals.get("currency").asText()).isEqualTo("EUR");
    assertThat(totals.get("max_cost").asDouble()).isEqualTo(5);
  }

  @Test
  void coins_ofTwoCounts_addUpByMinerAndExecutor() throws IOException {
    monitor.watchCoins("coins of seed 1", "alice", Map.of(), OptionalLong.empty()).close();
    try (MiningMonitor.CoinWatch watch =
        monitor.watchCoins(
            "coins of seed 0", "bob", Map.of("alice", 40L, "bob", 2L), OptionalLong.of(200))) {
      clock.now = clock.now.plusSeconds(1);
      watch.progress(60, 960, List.of(work("1", 960, 0)));
      clock.now = clock.now.plusSeconds(1);
      watch.progress(150, 2400, List.of(work("1", 1600, 0), work("2", 800, 0)));
      assertThat(lines())
          .contains(
              "golden_nonce_coins_total{miner=\"alice\"} 0",
              "golden_nonce_coins_total{miner=\"bob\"} 150",
              "golden_nonce_hashes_total 2400",
              "golden_nonce_hashes_per_second 1200",
              "golden_nonce_search_running 1",
              "golden_nonce_waves_total 2",
              "golden_nonce_executor_hashes_per_second{executor=\"1\",host=\"h\"} 640",
              "golden_nonce_executor_hashes_total{executor=\"2\",host=\"h\"} 800");
      watch.ended(Outcome.DEADLINE);
    }
    assertThat(lines())
        .contains(
            "golden_nonce_coins_total{miner=\"bob\"} 150",
            "golden_nonce_hashes_total 2400",
            "golden_nonce_hashes_per_second 0",
            "golden_nonce_search_running 0",
            "golden_nonce_searches_total{outcome=\"failed\"} 1",
            "golden_nonce_searches_total{outcome=\"deadline\"} 1",
            "golden_nonce_executor_hashes_total{executor=\"1\",host=\"h\"} 1600");
    JsonNode state = new ObjectMapper().readTree(StateJson.of(monitor.snapshot()));
    JsonNode coins = state.get("coins");
    assertThat(coins.get("title").asText()).isEqualTo("coins of seed 0");
    assertThat(coins.get("state").asText()).isEqualTo("deadline");
    assertThat(coins.get("wanted").asLong()).isEqualTo(200);
    assertThat(coins.get("coins_per_minute").asDouble()).isEqualTo(4500);
    assertThat(coins.get("rate").asDouble()).isEqualTo(1200);
    assertThat(coins.get("miners").toString())
        .isEqualTo(
            "[{\"miner\":\"alice\",\"coins\":0,\"earlier_coins\":40},"
                + "{\"miner\":\"bob\",\"coins\":150,\"earlier_coins\":2}]");
    assertThat(state.get("history").get("coins_per_minute").get(1).asDouble()).isEqualTo(3600);
  }

  @Test
  void coins_ofMoreMinersThanHaveALabel_areTheOthers() {
    for (int miner = 0; miner < CoinTally.MAX_MINERS + 5; miner++) {
      try (MiningMonitor.CoinWatch watch =
          monitor.watchCoins("coins", "miner-" + miner, Map.of(), OptionalLong.empty())) {
        watch.progress(10, 160, List.of(work("1", 160, 0)));
      }
    }
    assertThat(lines())
        .filteredOn(line -> line.startsWith("golden_nonce_coins_total{"))
        .hasSize(CoinTally.MAX_MINERS + 1)
        .contains(
            "golden_nonce_coins_total{miner=\"miner-19\"} 10",
            "golden_nonce_coins_total{miner=\"others\"} 50");
  }

  @Test
  void ledger_whenKept_isNewAgain() {
    MiningMonitor.Watch watch = monitor.watch(SPEC, "one");
    clock.now = clock.now.plusSeconds(30);
    assertThat(kept()).isEqualTo(clock.now.minusSeconds(30));
    watch.ledgerSaved();
    assertThat(kept()).isEqualTo(clock.now);
  }

  @Test
  void ledger_thatIsNotKept_hasNoTime() throws IOException {
    MiningMonitor.Watch watch = monitor.watch(SPEC, "a template of a service");
    watch.withoutLedger();
    assertThat(monitor.snapshot().search().orElseThrow().ledgerSavedAt()).isEmpty();
    assertThat(lines()).noneMatch(line -> line.startsWith("golden_nonce_ledger_kept"));
    JsonNode state = new ObjectMapper().readTree(StateJson.of(monitor.snapshot()));
    assertThat(state.get("search").get("ledger_kept_at").isNull()).isTrue();
  }

  private Instant kept() {
    return monitor.snapshot().search().orElseThrow().ledgerSavedAt().orElseThrow();
  }

  @Test
  void blocks_oldAndNew_giveHeightAndInterval() {
    Block parent = Blocks.block(null, "a", Blocks.EASY, clock.now);
    Block child = Blocks.block(parent.indexEntry(), "b", Blocks.EASY, clock.now.plusSeconds(7));
    monitor.mined(BlockRow.of(child));
    monitor.chain(List.of(BlockRow.of(parent), BlockRow.of(child)));
    assertThat(lines())
        .contains(
            "golden_nonce_chain_height 1",
            "golden_nonce_block_interval_seconds 7",
            "golden_nonce_blocks_total 1");
  }

  @Test
  void history_ofALongSearch_isASampleASecondAndEnds() throws IOException {
    MiningMonitor.Watch watch = monitor.watch(SPEC, "one");
    for (int i = 0; i < 4000; i++) {
      clock.now = clock.now.plusMillis(250);
      watch.progress(progress(i, 0, work("1", i, 0)));
    }
    JsonNode history = new ObjectMapper().readTree(StateJson.of(monitor.snapshot())).get("history");
    assertThat(history.get("at")).hasSize(300);
    assertThat(history.get("at").get(299).asDouble() - history.get("at").get(0).asDouble())
        .isCloseTo(299, within(0.01));
    assertThat(history.get("executors").get(0).get("rate")).hasSize(300);
  }

  @Test
  void titleAndHost_withQuotesAndLines_stayWithinTheirLabels() {
    monitor.watch(SPEC, "a \"b\"\n\\c");
    clock.now = clock.now.plusSeconds(60);
    assertThat(lines())
        .contains(
            "golden_nonce_search_info{search_id=\""
                + SPEC.id()
                + "\",title=\"a \\\"b\\\"\\n\\\\c\"} 1");
  }

  /** Blocks that take a second each would be a series for each scrape. */
  @Test
  void search_thatIsShort_hasNoSeriesOfItsOwn() {
    monitor.watch(SPEC, "work " + "x".repeat(200));
    clock.now = clock.now.plusSeconds(59);
    assertThat(lines()).noneMatch(line -> line.contains("search_info{"));
    clock.now = clock.now.plusSeconds(1);
    assertThat(lines())
        .filteredOn(line -> line.contains("search_info{"))
        .singleElement()
        .asString()
        .contains("x".repeat(59) + "\"")
        .doesNotContain("x".repeat(60));
  }

  /** The table there is what users look metrics up in. */
  @Test
  void documentation_ofEveryMetric_isThatOfTheCode() throws IOException {
    List<String> table =
        Files.readAllLines(
            Path.of(System.getProperty("golden.nonce.root", ".."), "docs/monitoring.md"));
    for (Metric metric : Metric.values()) {
      assertThat(table)
          .anyMatch(
              line ->
                  line.startsWith("| `" + metric.fullName())
                      && line.contains(metric.type().name().toLowerCase(java.util.Locale.ROOT))
                      && line.contains(metric.help()));
    }
  }

  /** And of each key in what the page draws. */
  @Test
  void documentation_ofTheJson_namesEveryKey() throws IOException {
    monitor.mined(BlockRow.of(Blocks.block(null, "a", Blocks.EASY, clock.now)));
    monitor.watchCoins("coins", "alice", Map.of(), OptionalLong.empty()).close();
    MiningMonitor.Watch watch = monitor.watch(SPEC, "one");
    watch.progress(progress(1000, 0, work("1", 700, 0)));
    watch.ended(result(Outcome.FOUND, 1000, Duration.ofMillis(20)));
    String page =
        Files.readString(
            Path.of(System.getProperty("golden.nonce.root", ".."), "docs/monitoring.md"));
    Set<String> keys = new TreeSet<>();
    addKeys(new ObjectMapper().readTree(StateJson.of(monitor.snapshot())), keys);
    assertThat(keys).hasSizeGreaterThan(50).allMatch(key -> page.contains("`" + key + "`"));
  }

  private static void addKeys(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    keys.remove(Snapshot.State.FOUND.label());
    keys.remove(Snapshot.State.FAILED.label());
    node.forEach(child -> addKeys(child, keys));
  }

  private List<String> lines() {
    return PrometheusText.of(monitor.snapshot()).lines().toList();
  }

  private static ExecutorWork work(String executor, long hashes, int faults) {
    return new ExecutorWork(executor, "h", "scalar", hashes, faults);
  }

  private static SearchProgress progress(long hashes, long resumed, ExecutorWork... work) {
    return new SearchProgress(
        hashes,
        resumed,
        Duration.ZERO,
        Duration.ofSeconds(1),
        10,
        SPEC.target().probability(),
        2,
        List.of(work),
        3,
        4,
        () -> new CoverageHistogram(0, 1, List.of(), List.of()));
  }

  private static SearchResult result(Outcome outcome, long hashes, Duration stop) {
    return new SearchResult(
        outcome,
        List.of(Solution.confirm(SPEC, 133_050).orElseThrow()),
        new SearchResult.Work(hashes, hashes, 0, Duration.ZERO),
        Instant.EPOCH,
        Duration.ofSeconds(1),
        Optional.of(stop),
        2,
        Optional.empty(),
        SearchResult.Evidence.NONE);
  }

  /** Shows what it is set to. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.ofEpochSecond(1_700_000_000);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
