package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.monitor.MonitorPlugin;
import io.goldennonce.stratum.TestPool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches on a real cluster of two workers, and beside it in one JVM. How long a find takes to
 * stop everything is printed, not judged.
 */
@Tag("full")
class StandaloneIT {
  private static final int BLOCKS = 11;

  @TempDir private static Path shared = Path.of("set by JUnit");

  private static @Nullable StandaloneCluster cluster;

  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.start(SparkHome.embedded(), shared.resolve("cluster"), 2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static ClusterRuns runs() {
    return new ClusterRuns(Objects.requireNonNull(cluster));
  }

  @Test
  void mine_onTwoWorkers_tellsHowLongStopsTake() throws Exception {
    Path warehouse = directory.resolve("warehouse");
    // As scripts/submit.sh starts executors.
    String options = "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector";
    CompletableFuture<CliRun> mining =
        runs().begin(command(warehouse), options, "spark.ui.enabled=true", "spark.ui.port=0");
    String metrics = lastMetrics(mining);
    CliRun run = mining.get();
    assertThat(run.code()).as(run.toString()).isZero();
    for (String executor : List.of("0", "1")) {
      for (String metric :
          List.of("hashes_total", "work_ratio", "cpu_seconds_total", "resident_memory_bytes")) {
        assertThat(metrics)
            .containsPattern(
                "golden_nonce_executor_%s\\{executor=\"%s\",host=\"127.0.0.1\"} (0\\.0*)?[1-9]"
                    .formatted(metric, executor));
      }
    }
    print("standalone, two workers", warehouse);
  }

  /** What Prometheus would have read last. */
  private static String lastMetrics(CompletableFuture<CliRun> mining) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String last = "";
    while (!mining.isDone()) {
      Thread.sleep(200);
      Optional<String> page = MonitorPlugin.page();
      if (page.isPresent()) {
        URI metrics = URI.create(page.get()).resolve("/metrics/golden-nonce/prometheus/");
        try {
          String answer =
              client
                  .send(
                      HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                  .body();
          last = answer.contains("golden_nonce_hashes_total") ? answer : last;
        } catch (IOException e) {
          // The application has ended since.
        }
      }
    }
    return last;
  }

  @Test
  void mine_inOneJvm_tellsHowLongStopsTake() throws Exception {
    Path warehouse = directory.resolve("warehouse");
    CliRun run = ClusterRuns.local("local[2]", command(warehouse));
    assertThat(run.code()).as(run.toString()).isZero();
    print("local[2]", warehouse);
  }

  /** The first eight of COMSM0010cloud with 14 zero bits, by Python's hashlib. */
  @Test
  void solve_lowestNonces_areTheSameOnTheClusterAndInOneJvm() throws Exception {
    List<Long> lowest = List.of(2670L, 7766L, 19095L, 89253L, 94093L, 120236L, 126780L, 127316L);
    assertThat(nonces(runs().begin(solve("cluster")).get())).isEqualTo(lowest);
    assertThat(nonces(ClusterRuns.local("local[2]", solve("local")))).isEqualTo(lowest);
  }

  private List<String> solve(String warehouse) {
    return List.of(
        "solve",
        "--format=pow",
        "--data=COMSM0010cloud",
        "--difficulty=14",
        "--count=8",
        "--result=lowest",
        "--json",
        "--quiet",
        "--warehouse=" + directory.resolve(warehouse));
  }

  /** The solutions, without the line about the whole search. */
  private static List<Long> nonces(CliRun run) throws IOException {
    assertThat(run.code()).as(run.toString()).isZero();
    List<Long> nonces = new ArrayList<>();
    for (String line : run.out()) {
      JsonNode nonce = new ObjectMapper().readTree(line).path("nonce");
      if (nonce.isNumber()) {
        nonces.add(nonce.asLong());
      }
    }
    return nonces.stream().sorted().toList();
  }

  /** The pool's own code judges what executors have found; the driver alone speaks to the pool. */
  @Test
  void work_forAPool_handsInTheSharesOfAllExecutors() throws Exception {
    try (TestPool pool = TestPool.start().asks(1.0 / (1 << 14))) {
      pool.job(true);
      CliRun run =
          runs()
              .begin(
                  List.of(
                      "work",
                      "--pool=" + pool.url(),
                      "--user=bc1qexample.cluster",
                      "--shares=10",
                      "--json",
                      "--quiet",
                      "--warehouse=" + directory.resolve("pool")))
              .get();
      assertThat(run.code()).as(run.toString()).isZero();
      assertThat(run.out()).hasSizeGreaterThanOrEqualTo(10);
      assertThat(pool.verdicts()).hasSameSizeAs(run.out()).allMatch(TestPool.Verdict::taken);
      assertThat(run.err()).last().asString().contains("0 rejected, 0 stale");
    }
  }

  private static List<String> command(Path warehouse) {
    return List.of(
        "mine",
        "--data",
        "latency",
        "--difficulty",
        "22",
        "--blocks",
        String.valueOf(BLOCKS),
        "--warehouse",
        warehouse.toString(),
        "--quiet");
  }

  private static void print(String where, Path warehouse) throws IOException {
    List<SearchRow> rows = SearchRow.all(warehouse);
    assertThat(rows).hasSize(BLOCKS);
    assertThat(rows).allMatch(SearchRow::hashesExact);
    double[] millis =
        rows.stream()
            .map(SearchRow::stopLatencyMillis)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    assertThat(millis).isNotEmpty();
    System.out.printf(
        Locale.ROOT,
        "StandaloneIT: stop latency in ms, %-24s median %5.1f, lowest %5.1f, highest %5.1f, of"
            + " %d%n",
        where,
        millis[millis.length / 2],
        millis[0],
        millis[millis.length - 1],
        millis.length);
  }
}
