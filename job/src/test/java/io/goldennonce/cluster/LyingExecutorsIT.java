package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.testing.LightJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors of a real cluster that run another program than they should. */
@Tag("full")
class LyingExecutorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int POSITIONS = 12_000_000;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void search_withLyingExecutors_excludesThemAndDoesTheirWorkAgain() throws Exception {
    LyingProgram.compile(directory);
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SparkHome.embedded(), directory.resolve("cluster"), 3)) {
      ClusterRuns runs = new ClusterRuns(cluster);
      for (LyingProgram.Lie lie : LyingProgram.Lie.values()) {
        search(runs, lie);
      }
    }
  }

  private void search(ClusterRuns runs, LyingProgram.Lie lie) throws Exception {
    String warehouse = directory.resolve(lie.name()).toString();
    CliRun run =
        runs.begin(
                command(warehouse),
                "spark.executor.extraClassPath="
                    + directory
                    + File.pathSeparator
                    + System.getProperty("golden.nonce.jar"),
                "spark.executor.extraJavaOptions=" + LightJvm.OPTIONS + " -Dlie=" + lie)
            .get();
    assertThat(run.code()).as("%s: %s", lie, run).isEqualTo(1); // exhausted
    JsonNode row = sql(warehouse, "SELECT * FROM searches");
    List<String> liars =
        IntStream.rangeClosed(1, lie == LyingProgram.Lie.COLLUDES ? 2 : 1)
            .mapToObj(executor -> executor + " on 127.0.0.1")
            .toList();
    System.out.printf(
        Locale.ROOT,
        "LyingExecutorsIT: %-8s %d audits, excluded %s, %.0f s%n",
        lie,
        row.get("audits").asLong(),
        row.get("excluded_executors").asText(),
        row.get("seconds").asDouble());
    assertThat(row.get("excluded_executors").asText()).isEqualTo(String.join(", ", liars));
    assertThat(run.log().toString()).contains("executor 1 on 127.0.0.1 is removed");
    JsonNode left =
        sql(warehouse, "SELECT count_if(executor = '1') AS n, sum(hashes) AS hashes FROM ranges");
    assertThat(left.get("n").asLong()).as("rows of the liar").isZero();
    assertThat(left.get("hashes").asLong()).isEqualTo(POSITIONS);
    String search = row.get("search_id").asText();
    assertThat(CliRun.of("verify", "--search", search, "--warehouse", warehouse).code()).isZero();
  }

  private static List<String> command(String warehouse) {
    return List.of(
        "solve",
        "--format=pow",
        "--data=liars",
        "--difficulty=120",
        "--limit=" + POSITIONS,
        "--kernel=message-digest",
        "--warehouse=" + warehouse,
        "--quiet",
        "-D",
        "search.range-time=500ms",
        "-D",
        "search.first-range=50000",
        "-D",
        "search.audit-share=1");
  }

  private static JsonNode sql(String warehouse, String query) throws Exception {
    CliRun run = CliRun.of("sql", query, "--json", "--warehouse", warehouse);
    assertThat(run.code()).as(run.toString()).isZero();
    return JSON.readTree(run.out().get(0));
  }
}
