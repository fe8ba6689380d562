package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.warehouse.Warehouse;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors of a real cluster that run another program than they should: five of six, of each kind,
 * since an executor's start takes longer than the search.
 */
@Tag("full")
class LyingExecutorsIT {
  /** With about 61 shares, and audits as many again; what a liar has left out is done once more. */
  private static final int POSITIONS = 16_000_000;

  /** The liars, and executor 0. */
  private static final int EXECUTORS = 6;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void search_withLyingExecutors_excludesThemAndDoesTheirWorkAgain() throws Exception {
    LyingProgram.compile(directory);
    String warehouse = directory.resolve("warehouse").toString();
    CliRun run;
    try (StandaloneCluster cluster =
        StandaloneCluster.startOneWorker(
            SparkHome.embedded(), directory.resolve("cluster"), EXECUTORS)) {
      run = new ClusterRuns(cluster).begin(command(warehouse), settings()).get();
    }
    assertThat(run.code()).as(run.toString()).isEqualTo(1); // exhausted
    for (LyingProgram.Lie lie : LyingProgram.Lie.values()) {
      String did =
          lie == LyingProgram.Lie.INVENTS
              ? "reported a wrong hash"
              : "did not report a hash that another executor found";
      for (String liar : lie.executors()) {
        String name = "executor " + liar + " on 127.0.0.1 ";
        assertThat(run.log().toString()).contains(name + did, name + "is removed");
      }
    }
    JsonNode result = new ObjectMapper().readTree(run.out().get(0));
    System.out.println("LyingExecutorsIT: " + result);
    assertThat(result.get("excluded_executors").asText())
        .isEqualTo(
            "1 on 127.0.0.1, 2 on 127.0.0.1, 3 on 127.0.0.1, 4 on 127.0.0.1, 5 on 127.0.0.1");
    String id = result.get("search_id").asText();
    List<LedgerRow> rows = new RangeTable(Warehouse.open(warehouse, new Configuration())).rows(id);
    assertThat(rows).extracting(LedgerRow::executor).containsOnly("0");
    assertThat(rows.stream().mapToLong(row -> row.range().size()).sum()).isEqualTo(POSITIONS);
    assertThat(CliRun.of("verify", "--search", id, "--warehouse", warehouse).code()).isZero();
  }

  private String[] settings() {
    String path = directory + File.pathSeparator + System.getProperty("golden.nonce.jar");
    return new String[] {
      "spark.executor.extraClassPath=" + path,
      // With C2, whose MessageDigest is ten times as fast.
      "spark.executor.extraJavaOptions=-XX:+UseSerialGC",
      "spark.executor.cores=1",
      // No work before all are there.
      "spark.cores.max=" + EXECUTORS,
      "spark.scheduler.minRegisteredResourcesRatio=1",
      "spark.scheduler.maxRegisteredResourcesWaitingTime=60s"
    };
  }

  private static List<String> command(String warehouse) {
    return List.of(
        "solve",
        "--format=pow",
        "--data=lies",
        "--difficulty=120",
        "--limit=" + POSITIONS,
        "--kernel=message-digest",
        "--warehouse=" + warehouse,
        "--quiet",
        "--json",
        "-D",
        "search.range-time=50ms",
        "-D",
        "search.first-range=50000",
        "-D",
        "search.audit-share=1",
        "-D",
        "search.checkpoint-interval=2m"); // its lease lasts three times as long
  }
}
