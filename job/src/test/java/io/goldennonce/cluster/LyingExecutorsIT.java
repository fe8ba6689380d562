package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors of a real cluster that run another program than they should. */
@Tag("full")
class LyingExecutorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String QUERY =
      """
      SELECT search_id, audits, excluded_executors, seconds, of_liar, tried
      FROM searches JOIN
        (SELECT search_id, count_if(executor = '1') AS of_liar, sum(hashes) AS tried
         FROM ranges GROUP BY search_id) USING (search_id)
      ORDER BY started_at
      """;

  /** With about 61 shares, of which each executor should find 20, and audits as many again. */
  private static final int POSITIONS = 16_000_000;

  private static final int EXECUTORS = 3;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void search_withLyingExecutors_excludesThemAndDoesTheirWorkAgain() throws Exception {
    LyingProgram.compile(directory);
    String warehouse = directory.resolve("warehouse").toString();
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SparkHome.embedded(), directory.resolve("cluster"), EXECUTORS)) {
      ClusterRuns runs = new ClusterRuns(cluster);
      for (LyingProgram.Lie lie : LyingProgram.Lie.values()) {
        CliRun run = runs.begin(command(warehouse, lie), settings(lie)).get();
        assertThat(run.code()).as("%s: %s", lie, run).isEqualTo(1); // exhausted
        assertThat(run.log().toString()).contains("executor 1 on 127.0.0.1 is removed");
      }
    }
    List<JsonNode> searches = sql(warehouse, QUERY);
    assertThat(searches).hasSameSizeAs(LyingProgram.Lie.values());
    for (LyingProgram.Lie lie : LyingProgram.Lie.values()) {
      JsonNode search = searches.get(lie.ordinal());
      System.out.println("LyingExecutorsIT: " + lie + " " + search);
      assertThat(search.get("excluded_executors").asText())
          .as(lie.toString())
          .isEqualTo(
              lie == LyingProgram.Lie.COLLUDES
                  ? "1 on 127.0.0.1, 2 on 127.0.0.1"
                  : "1 on 127.0.0.1");
      assertThat(search.get("of_liar").asLong()).as("rows of the liar").isZero();
      assertThat(search.get("tried").asLong()).isEqualTo(POSITIONS);
      String id = search.get("search_id").asText();
      assertThat(CliRun.of("verify", "--search", id, "--warehouse", warehouse).code()).isZero();
    }
  }

  private String[] settings(LyingProgram.Lie lie) {
    String path = directory + File.pathSeparator + System.getProperty("golden.nonce.jar");
    return new String[] {
      "spark.executor.extraClassPath=" + path,
      // With C2, whose MessageDigest is ten times as fast.
      "spark.executor.extraJavaOptions=-XX:+UseSerialGC -Dlie=" + lie,
      // No work before all are there.
      "spark.cores.max=" + EXECUTORS,
      "spark.scheduler.minRegisteredResourcesRatio=1",
      "spark.scheduler.maxRegisteredResourcesWaitingTime=60s"
    };
  }

  private static List<String> command(String warehouse, LyingProgram.Lie lie) {
    return List.of(
        "solve",
        "--format=pow",
        "--data=" + lie,
        "--difficulty=120",
        "--limit=" + POSITIONS,
        "--kernel=message-digest",
        "--warehouse=" + warehouse,
        "--quiet",
        "-D",
        "search.range-time=50ms",
        "-D",
        "search.first-range=50000",
        "-D",
        "search.audit-share=1",
        "-D",
        "search.checkpoint-interval=2m"); // its lease lasts three times as long
  }

  private static List<JsonNode> sql(String warehouse, String query) throws Exception {
    CliRun run = CliRun.of("sql", query, "--json", "--warehouse", warehouse);
    assertThat(run.code()).as(run.toString()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
