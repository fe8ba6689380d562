package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.plan.Price;
import io.goldennonce.plan.Spending;
import io.goldennonce.pow.Target;
import io.goldennonce.search.CoverageHistogram;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.testing.Await;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.LoopbackServer;
import io.goldennonce.testing.Templates;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics, the scrape configurations, the alerts and the dashboard, with Prometheus itself. */
@Tag("full")
class PrometheusIT {
  private static final Path CONF =
      Path.of(System.getProperty("golden.nonce.root", "..")).resolve("conf");

  @TempDir private Path directory = Path.of("set by JUnit");

  @ParameterizedTest
  @ValueSource(strings = {"local", "standalone", "yarn", "emr"})
  void scrapeConfiguration_eachThatShips_isAccepted(String name) throws Exception {
    promtool("check", "config", CONF.resolve("prometheus/" + name + ".yml").toString());
  }

  @Test
  void alerts_inSimulatedTime_fireWhenTheyShould() throws Exception {
    promtool("test", "rules", CONF.resolve("prometheus/alerts-test.yml").toString());
  }

  private void promtool(String... arguments) throws Exception {
    Prometheus.require("promtool", "prometheus");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path log = directory.resolve("promtool.log");
    Process process = Prometheus.start(log, command.toArray(String[]::new));
    assertThat(process.waitFor()).as(() -> read(log)).isZero();
  }

  /** The text of a search with faults, from a monitor that received them. */
  @Test
  void alerts_ofASearchThatAils_allFire() throws Exception {
    Prometheus.require("prometheus", "prometheus");
    Ailing ailing = new Ailing();
    String rules = Files.readString(CONF.resolve("prometheus/alerts.yml"));
    // A minute takes two seconds here; promtool tests the real times.
    Files.writeString(
        directory.resolve("alerts.yml"),
        java.util.regex.Pattern.compile("(\\d+)m\\b")
            .matcher(rules)
            .replaceAll(minutes -> 2 * Integer.parseInt(minutes.group(1)) + "s")
            .replace("> 60 ", "> 2 "));
    try (LoopbackServer exporter = exporter(() -> PrometheusText.of(ailing.monitor.snapshot()));
        Prometheus prometheus =
            new Prometheus(
                directory,
"""
global: { scrape_interval: 250ms, scrape_timeout: 250ms, evaluation_interval: 250ms }
rule_files: [ alerts.yml ]
scrape_configs:
  - job_name: golden-nonce
    metrics_path: /metrics/golden-nonce/prometheus/
    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
"""
                    .formatted(exporter.port()))) {
      ailing.tell(10_000_000, 100, 0);
      Await.until("a scrape", () -> count(prometheus, "golden_nonce_hashes_total") == 1);
      for (int i = 0; i < 80; i++) {
        ailing.tell(10_000_000, 100, 0);
        ailing.keepLedger();
        Thread.sleep(100);
      }
      assertThat(prometheus.firing()).isEmpty();

      BooleanSupplier allFire =
          () -> {
            ailing.tell(0, 10, 1);
            return prometheus
                .firing()
                .equals(
                    List.of(
                        "GoldenNonceExecutorLies",
                        "GoldenNonceLedgerNotKept",
                        "GoldenNonceSlow",
                        "GoldenNonceStalled"));
          };
      Await.until("all alerts to fire, of " + prometheus.firing(), allFire);
    }
  }

  /** A monitor whose search can be told to ail. */
  private static final class Ailing {
    private final MiningMonitor monitor = new MiningMonitor(Clock.systemUTC());
    private final MiningMonitor.Watch watch;
    private final AtomicLong hashes = new AtomicLong();
    private final long start = System.nanoTime();

    Ailing() {
      watch =
          monitor.watch(
              SearchSpec.of(Templates.pow(new byte[1]), Target.ofZeroBits(200), ResultMode.ANY),
              "a search with faults");
    }

    void tell(long more, double rate, int faults) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      long all = hashes.addAndGet(more);
      watch.progress(
          new SearchProgress(
              all,
              0,
              Duration.ZERO,
              elapsed,
              rate,
              1e-30,
              2,
              List.of(
                  new ExecutorWork(
                      "7",
                      "a-host",
                      "cuda",
                      all,
                      faults,
                      List.of(new ExecutorWork.DeviceWork("cuda:0", "NVIDIA L4", all, false)))),
              1,
              2,
              () -> new CoverageHistogram(0, 1, List.of(), List.of())));
    }

    void keepLedger() {
      watch.ledgerSaved();
    }
  }

  private static LoopbackServer exporter(java.util.function.Supplier<String> text) {
    return new LoopbackServer(
        exchange -> {
          byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", PrometheusText.CONTENT_TYPE);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /** A real search, scraped by the configuration that ships, asked what each panel asks. */
  @Test
  void dashboard_overARealSearch_hasDataInEveryPanel() throws Exception {
    Prometheus.require("prometheus-node-exporter", "prometheus-node-exporter");
    int nodePort = Prometheus.freePort();
    Process node =
        Prometheus.start(
            directory.resolve("node.log"),
            "prometheus-node-exporter",
            "--web.listen-address=127.0.0.1:" + nodePort);
    Map<String, String> sink =
        Map.of(
            "spark.metrics.conf.*.sink.prometheusServlet.class",
            "org.apache.spark.metrics.sink.PrometheusServlet",
            "spark.metrics.conf.*.sink.prometheusServlet.path",
            "/metrics/prometheus");
    try (LiveApplication application = LiveApplication.start("local[2]", sink);
        Prometheus prometheus =
            new Prometheus(directory, shipped("local.yml", application.port(), nodePort))) {
      LiveApplication.monitor()
          .chain(List.of(BlockRow.of(Blocks.block(null, "first", Blocks.EASY, Instant.EPOCH))));
      Path status = directory.resolve("status.json");
      for (String data : List.of("one", "two")) {
        application.mine(data, LiveApplication.EASY, status).get();
      }
      Map<String, String> panels = panels();
      long coins =
          countCoins(
              application,
              prometheus,
              Objects.requireNonNull(panels.get("Coins a minute by miner A #34")));
      application.useDevice();
      Spending spending = LiveApplication.monitor().spending();
      spending.pricedBy(new Spending.Terms(new Price(1, 0), "USD", OptionalDouble.of(1000)));
      CompletableFuture<SearchResult> mining =
          application.mine("three", LiveApplication.HOPELESS, status);
      Await.until(
          "data in every panel of " + panels.keySet(),
          () -> {
            LiveApplication.monitor().shared("accepted", 3);
            return panels.values().stream().allMatch(panel -> count(prometheus, panel) > 0);
          });
      panels.forEach((name, panel) -> print(name, panel, prometheus.query(panel)));
      assertThat(value(prometheus, "golden_nonce_search_running")).isEqualTo(1);
      assertThat(value(prometheus, "golden_nonce_finds_total")).isEqualTo(2);
      assertThat(value(prometheus, "golden_nonce_blocks_total")).isEqualTo(2);
      assertThat(value(prometheus, "golden_nonce_best_share_difficulty")).isEqualTo(3);
      assertThat(value(prometheus, "golden_nonce_cost")).isBetween(0.0, 1.0);
      assertThat(value(prometheus, "golden_nonce_cost_limit")).isEqualTo(1000);
      assertThat(value(prometheus, "golden_nonce_coins_total{miner=\"a miner\"}")).isEqualTo(coins);
      assertThat(count(prometheus, "{__name__=~\"metrics_.*MonitorPlugin_hashes_total_Count\"}"))
          .as("of Spark's own servlet")
          .isEqualTo(1);
      checkMetrics(application.port());
      assertThat(count(prometheus, "up == 0 and up{instance!~\".*:4041\"}")).isZero();
      application.interrupt();
      mining.get();
      long hashes = LiveApplication.monitor().snapshot().totals().hashes();
      Await.until("the last count", () -> value(prometheus, "golden_nonce_hashes_total") == hashes);
    } finally {
      Prometheus.end(node);
    }
  }

  /** Until there is a rate of them, as no search goes on beside. */
  private static long countCoins(LiveApplication application, Prometheus prometheus, String panel)
      throws Exception {
    CompletableFuture<Long> counting = application.countCoins("a miner", Long.MAX_VALUE, 0);
    Await.until("a rate of coins", () -> value(prometheus, panel) > 0);
    print("Coins a minute by miner", panel, prometheus.query(panel));
    application.interrupt();
    return counting.get();
  }

  /** By Prometheus' linter, and so that a linter that says nothing is seen. */
  private void checkMetrics(int port) throws Exception {
    String text =
        Prometheus.get(HttpClient.newHttpClient(), port, "/metrics/golden-nonce/prometheus/");
    assertThat(text).contains("golden_nonce_coins_total", "golden_nonce_stop_latency_seconds_sum");
    assertThat(lint(text)).isEmpty();
    assertThat(lint(text.replace("golden_nonce_waves_total", "golden_nonce_waves")))
        .contains("golden_nonce_waves counter metrics should have \"_total\" suffix");
  }

  private String lint(String metrics) throws Exception {
    Path text = Files.writeString(directory.resolve("metrics.txt"), metrics);
    Path log = directory.resolve("lint.log");
    int code = Prometheus.start(text, log, "promtool", "check", "metrics").waitFor();
    String told = Files.readString(log);
    assertThat(code == 0).as(told).isEqualTo(told.isEmpty());
    return told;
  }

  private static String shipped(String name, int port, int nodePort) throws IOException {
    return Files.readString(CONF.resolve("prometheus/" + name))
        .replace(", \"127.0.0.1:4041\"", "")
        .replace("127.0.0.1:4040", "127.0.0.1:" + port)
        .replace("127.0.0.1:9100", "127.0.0.1:" + nodePort)
        .replace("5s", "1s")
        .replace("alerts.yml", CONF.toAbsolutePath().normalize() + "/prometheus/alerts.yml");
  }

  /** Each panel's queries, by title, with Grafana's variables as it would fill them in. */
  private static Map<String, String> panels() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(CONF.resolve("grafana/dashboards/golden-nonce.json").toFile());
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String expression =
            target
                .path("expr")
                .asText()
                .replace("$instance", ".+")
                .replace("$__rate_interval", "4s");
        queries.put(
            panel.path("title").asText()
                + " "
                + target.path("refId").asText()
                + " #"
                + panel.path("id").asInt(),
            expression);
      }
    }
    assertThat(queries).hasSizeGreaterThan(20);
    return queries;
  }

  private static void print(String name, String expression, JsonNode result) {
    System.out.printf(
        Locale.ROOT,
        "PrometheusIT: %-40s %-90s %s%n",
        name,
        expression,
        result.path(0).path("value").path(1).asText());
  }

  private static int count(Prometheus prometheus, String expression) {
    return prometheus.query(expression).size();
  }

  private static double value(Prometheus prometheus, String expression) {
    return prometheus.query(expression).path(0).path("value").path(1).asDouble(Double.NaN);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
