package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.cli.CliRun;
import io.goldennonce.monitor.MonitorPlugin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a find takes to stop everything, on a real cluster and in one JVM: printed, not judged.
 * The cluster's executors are in the metrics meanwhile.
 */
class StandaloneIT {
  private static final int BLOCKS = 11;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void mine_onTwoWorkers_tellsHowLongStopsTake() throws Exception {
    Path warehouse = directory.resolve("warehouse");
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SparkHome.embedded(), directory.resolve("cluster"), 2)) {
      // As scripts/submit.sh starts executors.
      String options = "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector";
      CompletableFuture<CliRun> mining =
          new ClusterRuns(cluster)
              .begin(command(warehouse), options, "spark.ui.enabled=true", "spark.ui.port=0");
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
        "StandaloneIT: stop latency in ms, %-24s median %5.1f, lowest %5.1f, highest %5.1f, of %d%n",
        where,
        millis[millis.length / 2],
        millis[0],
        millis[millis.length - 1],
        millis.length);
  }
}
