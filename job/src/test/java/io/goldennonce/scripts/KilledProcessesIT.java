package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cluster.SparkClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three miners and two compactions on one warehouse, one of which is killed at a random moment each
 * round, while DuckDB reads all tables: no block that was reported is lost, and the warehouse is
 * sound. {@code -Dgolden.nonce.rounds=100} makes it longer, {@code -Dgolden.nonce.seed=SEED} draws
 * the same moments again, though the machine decides what they hit. Where the machine has other
 * work, {@code -Dgolden.nonce.minutes=60} waits longer for a miner's first block.
 */
@Tag("full")
class KilledProcessesIT {
  private static final long SEED = Long.getLong("golden.nonce.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("golden.nonce.rounds", 10);
  private static final int MINERS = 3;
  private static final int COMPACTIONS = 2;
  private static final long LIMIT_MINUTES = Long.getLong("golden.nonce.minutes", 5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory = Path.of("set by JUnit");
  private final List<Killable> processes = new ArrayList<>();
  private final Random random = new Random(SEED);
  private Path warehouse = Path.of("set by the test");
  private Path home = Path.of("set by the test");

  @AfterEach
  void killAll() throws Exception {
    for (Killable process : processes) {
      process.kill();
    }
  }

  @Test
  void warehouse_minersAndCompactionsKilledAtRandom_losesNoBlockThatWasReported() throws Exception {
    System.out.println("KilledProcessesIT: -Dgolden.nonce.seed=" + SEED);
    home = Program.sparkHome("4.2");
    warehouse = directory.resolve("warehouse");
    for (int i = 0; i < MINERS; i++) {
      processes.add(
          start(
              "miner" + i,
              List.of("--driver-memory", "512m", "--driver-java-options", SparkClasses.options()),
              "mine",
              "--data",
              "hello",
              "--difficulty",
              "8",
              "--forever",
              "--quiet",
              "--json"));
    }
    while (processes.get(0).linesOfThisLife().isEmpty()) {
      requireAlive(processes.get(0));
      Thread.sleep(50);
    }
    for (int i = 0; i < COMPACTIONS; i++) {
      processes.add(
          start(
              "compaction" + i,
              List.of("--driver-java-options", SparkClasses.options()),
              "compact"));
    }
    try (ForeignReader reader = new ForeignReader(warehouse);
        FindingsWriter writer = new FindingsWriter(warehouse)) {
      Map<String, Long> counts = new HashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        Killable victim = processes.get(random.nextInt(processes.size()));
        awaitMoment(victim, reader, writer, counts);
        victim.kill();
        victim.start();
        if ((round + 1) % 10 == 0 || round + 1 == ROUNDS) {
          report(round + 1, reader, writer);
        }
      }
      for (Killable process : processes) {
        process.kill();
      }
      writer.stop();
      Set<String> reported = reported();
      assertThat(reader.blocks()).containsAll(reported);
      for (Map.Entry<String, Long> saved : writer.saved().entrySet()) {
        assertThat(reader.count(saved.getKey())).as(saved.getKey()).isEqualTo(saved.getValue());
      }
      assertThat(run("compact", "--now").code()).isZero();
      Program.Ended verified = run("verify");
      assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
      Set<String> kept = new HashSet<>();
      Program.Ended rows = run("sql", "SELECT hash FROM blocks", "--json");
      assertThat(rows.code()).as(rows.err()).isZero();
      List<String> lines = rows.out().lines().toList();
      for (String line : lines) {
        kept.add(JSON.readTree(line).get("hash").asText());
      }
      assertThat(kept).containsAll(reported).hasSameSizeAs(lines);
      assertThat(reader.blocks()).isEqualTo(kept);
    }
  }

  private void report(int kills, ForeignReader reader, FindingsWriter writer) throws Exception {
    System.out.printf(
        "KilledProcessesIT: %d kills, %d blocks reported, %s saved by another process, %s%n",
        kills, reported().size(), writer.saved(), reader.summary());
  }

  /** A miner is killed while it mines, a compaction at any moment of its short life. */
  private void awaitMoment(
      Killable victim, ForeignReader reader, FindingsWriter writer, Map<String, Long> counts)
      throws Exception {
    boolean mines = processes.indexOf(victim) < MINERS;
    while (mines && victim.linesOfThisLife().isEmpty()) {
      requireAlive(victim);
      look(reader, writer, counts);
    }
    long until = System.nanoTime() + 1_000_000L * (200 + random.nextInt(mines ? 3_000 : 8_000));
    while (System.nanoTime() < until) {
      look(reader, writer, counts);
    }
  }

  /** Reads all tables, and starts compactions again that have ended. */
  private void look(ForeignReader reader, FindingsWriter writer, Map<String, Long> counts)
      throws Exception {
    for (Killable compaction : processes.subList(MINERS, processes.size())) {
      if (!compaction.isAlive()) {
        assertThat(compaction.exitCode(1)).as(compaction.errors()).isZero();
        compaction.start();
      }
    }
    Set<String> reported = reported();
    assertThat(reader.blocks()).as("blocks by DuckDB").containsAll(reported);
    writer.saved().forEach((table, rows) -> counts.merge(table, rows, Math::max));
    for (String table : ForeignReader.KEYS.keySet()) {
      long count = reader.count(table);
      if (!table.equals("ranges")) { // whose rows a checkpoint replaces
        counts.merge(table, count, KilledProcessesIT::notLess);
      }
    }
    Thread.sleep(50);
  }

  private static Long notLess(Long before, Long now) {
    assertThat(now).as("rows by DuckDB").isGreaterThanOrEqualTo(before);
    return now;
  }

  private static void requireAlive(Killable miner) throws Exception {
    if (!miner.isAlive() || miner.millisAlive() > LIMIT_MINUTES * 60_000) {
      throw new AssertionError("A miner reports no block: " + miner.errors());
    }
  }

  private Set<String> reported() throws Exception {
    Set<String> hashes = new HashSet<>();
    for (Killable miner : processes.subList(0, MINERS)) {
      for (String line : miner.lines()) {
        JsonNode block = JSON.readTree(line);
        if (block.has("hash") && block.has("height")) {
          hashes.add(block.get("hash").asText());
        }
      }
    }
    return hashes;
  }

  private Killable start(String name, List<String> options, String... program) throws Exception {
    return Killable.start(
        name, Files.createDirectories(directory.resolve(name)), command(options, program));
  }

  private Program.Ended run(String... program) throws Exception {
    List<String> command =
        command(List.of("--driver-java-options", SparkClasses.options()), program);
    return Program.of(Path.of(command.get(0)), command.subList(1, command.size())).run(directory);
  }

  private List<String> command(List<String> options, String... program) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/spark-submit").toString()));
    command.addAll(List.of("--master", "local[1]"));
    command.addAll(options);
    command.addAll(List.of("--conf", "spark.ui.enabled=false", "--class", "MineJob"));
    command.add(System.getProperty("golden.nonce.jar", "run me with mvn verify"));
    command.addAll(List.of(program));
    command.addAll(List.of("--warehouse", warehouse.toString()));
    return command;
  }
}
