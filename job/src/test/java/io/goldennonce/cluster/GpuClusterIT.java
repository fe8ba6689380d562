package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.kernel.gpu.OpenClDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * GPUs as a standalone master schedules them: each worker's discovery script gives it one. The
 * first worker's is PoCL, a processor as an OpenCL device; the second's is not there any more, so
 * its executor works with the processor's own kernel: a mixed cluster.
 */
@Tag("full")
class GpuClusterIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] GPUS = {
    "spark.executor.cores=1",
    "spark.executor.resource.gpu.amount=1",
    "spark.task.resource.gpu.amount=1",
    "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector"
  };

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void search_aWorkerWithAndOneWithoutADevice_givesEachRangesOfItsSize() throws Exception {
    OpenClDevices.require();
    String warehouse = directory.resolve("warehouse").toString();
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            SparkHome.embedded(), directory.resolve("cluster"), 2, workersProperties())) {
      ClusterRuns runs = new ClusterRuns(cluster);
      // As long as it takes on this machine. Each time anew, as executors may change their numbers.
      for (int seconds = 15; hasWorked(warehouse) < 2; seconds *= 2) {
        warehouse = directory.resolve("warehouse-" + seconds).toString();
        endWell(
            runs,
            command(warehouse, "--difficulty=120", "--timeout=" + seconds + "s", "-D", RANGE_TIME));
      }
      for (int seconds = 10; count(warehouse, BLOCKS_OF_DEVICE) == 0; seconds *= 2) {
        endWell(
            runs,
            command(
                warehouse, "--difficulty=20", "--forever", "--timeout=" + seconds + "s", "--json"));
      }
    }
    List<JsonNode> work = sql(warehouse, WORK);
    System.out.println("GpuClusterIT: " + work);
    assertThat(work).extracting(row -> row.get("executor").asText()).containsExactly("0", "1");
    JsonNode device = only(work, "opencl");
    JsonNode processor = work.get(work.indexOf(device) == 0 ? 1 : 0);
    assertThat(processor.get("kernel").asText()).doesNotContain("opencl");
    double faster = processor.get("per_second").asDouble() / device.get("per_second").asDouble();
    double larger = processor.get("size").asDouble() / device.get("size").asDouble();
    System.out.printf(
        Locale.ROOT,
        "GpuClusterIT: the executor without a device is %.1f times as fast, its ranges %.1f times"
            + " as large%n",
        faster,
        larger);
    assertThat(larger).isBetween(faster / 3, faster * 3);
    assertThat(count(warehouse, OVERLAPS)).isZero();
    assertThat(CliRun.of("verify", "--warehouse", warehouse).code()).isZero();
  }

  private static void endWell(ClusterRuns runs, List<String> command) throws Exception {
    CliRun run = runs.begin(command, GPUS).get();
    assertThat(run.code()).as(run.toString()).isEqualTo(3);
  }

  /** How many executors have tried enough to compare them. */
  private static long hasWorked(String warehouse) throws IOException {
    return Files.exists(Path.of(warehouse, "ranges")) ? count(warehouse, WORKED) : 0;
  }

  private static long count(String warehouse, String query) throws IOException {
    return sql(warehouse, query).get(0).get("n").asLong();
  }

  private static final String RANGE_TIME = "golden-nonce.search.range-time=1s";

  /** Of the endless search, without what the processor did while the device was not ready. */
  private static final String WORK =
      """
      SELECT executor, max(kernel) AS kernel, percentile(hashes, 0.5) AS size,
             sum(hashes) / sum(CAST(last_at AS DOUBLE) - CAST(first_at AS DOUBLE)) AS per_second
      FROM ranges JOIN (SELECT executor AS e, max_by(kernel, last_at) AS k FROM ranges GROUP BY 1)
        ON executor = e AND kernel = k
      WHERE hashes > 262144 AND search_id = (SELECT min_by(search_id, first_at) FROM ranges)
      GROUP BY executor ORDER BY executor
      """;

  /** Three ranges of its own kernel each, one of them the device's. */
  private static final String WORKED =
      """
      SELECT count(*) * max(CAST(device AS INT)) AS n FROM (
        SELECT executor, kernel = 'opencl' AS device FROM ranges
        WHERE hashes > 262144 AND executor <> 'several'
        GROUP BY executor, kernel HAVING count(*) >= 3)
      """;

  private static final String BLOCKS_OF_DEVICE =
      "SELECT count(*) AS n FROM ranges WHERE kernel = 'opencl' AND solution IS NOT NULL";

  private static final String OVERLAPS =
      """
      SELECT count(*) AS n FROM ranges a JOIN ranges b
      ON a.search_id = b.search_id AND a.`from` < b.`from` AND b.`from` < a.`to`
      """;

  private static JsonNode only(List<JsonNode> rows, String kernel) {
    List<JsonNode> found =
        rows.stream().filter(row -> row.get("kernel").asText().equals(kernel)).toList();
    assertThat(found).as("%s in %s", kernel, rows).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> sql(String warehouse, String query) throws IOException {
    CliRun run = CliRun.of("sql", query, "--json", "--warehouse", warehouse);
    assertThat(run.code()).as(run.toString()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static List<String> command(String warehouse, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("mine", "--data", "gpus", "--kernel", "opencl", "--warehouse", warehouse));
    command.addAll(List.of(more));
    return command;
  }

  /** Settings of workers whose discovery script gives another address each time it is asked. */
  private Path workersProperties() throws IOException {
    Path script =
        Files.writeString(
            directory.resolve("discovery.sh"),
            """
            #!/usr/bin/env bash
            if mkdir '%s/first' 2>/dev/null; then address=0; else address=9999; fi
            printf '{"name": "gpu", "addresses": ["%%s"]}' "$address"
            """
                .formatted(directory));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return Files.writeString(
        directory.resolve("workers.properties"),
        """
        spark.worker.resource.gpu.amount 1
        spark.worker.resource.gpu.discoveryScript %s
        """
            .formatted(script));
  }
}
