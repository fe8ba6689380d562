package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cluster.SparkClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes that know nothing of each other but the warehouse. */
@Tag("full")
class ConvergenceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCKS = 50;

  private static final String EVERY_BLOCK =
      "SELECT hash, previous_hash, height, hash IN (SELECT hash FROM chain) AS best,"
          + " hash IN (SELECT subject FROM events WHERE kind = 'block_stale') AS told,"
          + " (SELECT count(*) FROM searches WHERE outcome = 'outdated') AS outdated"
          + " FROM blocks";

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void mine_twoProcessesTheSameOnOneWarehouse_endWithOneValidChainAndEveryBlockKept()
      throws Exception {
    Path home = home();
    Set<String> found = new HashSet<>();
    List<JsonNode> blocks;
    Program.Ended verified;
    ExecutorService processes = Executors.newFixedThreadPool(2);
    try {
      List<Future<Program.Ended>> miners = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        miners.add(
            processes.submit(
                () ->
                    submit(
                        home,
                        List.of(),
                        "mine",
                        "--data",
                        "hello",
                        "--difficulty",
                        "18",
                        "--blocks",
                        "" + BLOCKS,
                        "-D",
                        "chain.tip-interval=20ms",
                        "--quiet",
                        "--json")));
      }
      for (Future<Program.Ended> miner : miners) {
        List<JsonNode> mined = rows(miner.get());
        assertThat(mined).hasSize(BLOCKS);
        mined.forEach(block -> found.add(block.get("hash").asText()));
      }
      // They only read, so both at once.
      Future<Program.Ended> verification = processes.submit(() -> read(home, "verify"));
      blocks = rows(read(home, "sql", EVERY_BLOCK, "--json"));
      verified = verification.get();
    } finally {
      processes.shutdownNow();
    }
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    List<JsonNode> chain =
        blocks.stream()
            .filter(block -> block.get("best").asBoolean())
            .sorted(Comparator.comparingLong(block -> block.get("height").asLong()))
            .toList();
    assertThat(blocks).extracting(block -> block.get("hash").asText()).containsAll(found);
    assertThat(blocks).hasSize(2 * BLOCKS + 1);
    assertThat(chain).hasSizeBetween(BLOCKS + 1, 2 * BLOCKS + 1);
    assertThat(chain)
        .extracting(block -> block.get("height").asLong())
        .containsExactlyElementsOf(LongStream.range(0, chain.size()).boxed().toList());
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).get("previous_hash")).isEqualTo(chain.get(i - 1).get("hash"));
    }
    // Each learnt from the other, and what went stale while somebody mined was told.
    assertThat(blocks.get(0).get("outdated").asLong()).isPositive();
    assertThat(blocks.stream().filter(block -> block.get("told").asBoolean()))
        .noneMatch(block -> block.get("best").asBoolean() && isLast(block, chain));
  }

  private static boolean isLast(JsonNode block, List<JsonNode> chain) {
    return block.get("hash").equals(chain.get(chain.size() - 1).get("hash"));
  }

  private Path home() throws Exception {
    Program.Ended ended =
        Program.of(Program.root().resolve("scripts/spark-home.sh"), "--dry-run").run(directory);
    Path home = Path.of(ended.lastLine());
    assumeTrue(
        Files.isDirectory(home) || "true".equals(System.getenv("CI")),
        "run scripts/spark-home.sh to include it");
    return home;
  }

  private Program.Ended read(Path home, String... program) throws Exception {
    return submit(home, List.of("--driver-java-options", SparkClasses.options()), program);
  }

  private Program.Ended submit(Path home, List<String> options, String... program)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]"));
    all.addAll(options);
    List<String> arguments = new ArrayList<>(List.of(program));
    arguments.addAll(List.of("--warehouse", directory.resolve("warehouse").toString()));
    return Program.job(home, all, arguments).run(directory);
  }

  private static List<JsonNode> rows(Program.Ended ended) throws Exception {
    assertThat(ended.code()).as(ended.err()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : ended.out().lines().toList()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
