package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searches on a real cluster whose parts are killed at random moments: each ends with the known
 * nonce, and with the proof that nothing was left out or done twice. {@code
 * -Dgolden.nonce.seed=SEED} repeats the moments of a run, {@code -Dgolden.nonce.rounds=N} makes it
 * longer.
 */
@Tag("full")
class ChaosIT {
  private static final long SEED = Long.getLong("golden.nonce.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("golden.nonce.rounds", 6);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static @Nullable StandaloneCluster started;

  private final StandaloneCluster cluster = Objects.requireNonNull(started);
  private final ClusterRuns runs = new ClusterRuns(cluster);

  @TempDir private Path directory = Path.of("set by JUnit");
  private Path warehouse = Path.of("set before each");
  private Path status = Path.of("set before each");
  private long began;

  @BeforeAll
  static void startCluster(@TempDir Path directory) throws Exception {
    System.out.println("ChaosIT: -Dgolden.nonce.seed=" + SEED);
    Path settings = directory.resolve("spark.conf");
    Files.writeString(
        settings, "spark.decommission.enabled true\nspark.worker.decommission.signal TERM\n");
    started = StandaloneCluster.start(SparkHome.embedded(), directory, 2, settings);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    warehouse = directory.resolve("warehouse");
    status = directory.resolve("status.json");
    began = System.nanoTime();
    cluster.awaitNoApplication();
    cluster.awaitWorkers();
  }

  static Stream<Arguments> rounds() {
    List<Disturbance> disturbances = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      disturbances.add(
          switch ("EWD".charAt(i % 3)) {
            case 'E' -> Disturbance.EXECUTOR_KILLED;
            case 'W' -> Disturbance.WORKER_KILLED_AND_ADDED;
            default -> Disturbance.DRIVER_KILLED;
          });
    }
    Random random = new Random(SEED);
    Collections.shuffle(disturbances, random);
    return disturbances.stream().map(one -> Arguments.of(one, random.nextLong()));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("rounds")
  void solve_disturbed_endsWithTheLowestNonceAndAProof(Disturbance disturbance, long seed)
      throws Exception {
    Random random = new Random(seed);
    Puzzle puzzle = Puzzle.after(4_000_000 + random.nextInt(2_000_000), random);
    JsonNode result =
        switch (disturbance) {
          case EXECUTOR_KILLED, WORKER_KILLED_AND_ADDED ->
              disturbCluster(puzzle, disturbance, random);
          case DRIVER_KILLED -> killDrivers(puzzle, random);
        };
    assertThat(result.get("nonce").asLong()).isEqualTo(puzzle.nonce());
    assertProven(result.get("search_id").asText());
    SearchRow run = SearchRow.last(warehouse);
    long hashes = run.hashes();
    long atMost = run.hashesAtMost();
    boolean exact = run.hashesExact();
    assertThat(hashes).isEqualTo(result.get("hashes").asLong());
    assertThat(hashes + run.resumedHashes())
        .as("all that lies below the nonce was tried")
        .isGreaterThanOrEqualTo(puzzle.work());
    assertThat(hashes).isLessThanOrEqualTo(atMost);
    assertThat(exact).isEqualTo(hashes == atMost);
    assertThat(atMost - hashes)
        .as("what is not known of, of the range that a vanished executor was at")
        .isLessThanOrEqualTo((long) (hashes / result.get("seconds").asDouble()));
    if (disturbance == Disturbance.DRIVER_KILLED) {
      assertThat(exact).as("no executor of the last run vanished").isTrue();
    }
    System.out.printf(
        "ChaosIT: %-24s %,11d hashes of %,11d, %s, %.1f s%n",
        disturbance,
        hashes,
        puzzle.work(),
        exact ? "exact" : String.format("at most %,d", atMost),
        (System.nanoTime() - began) * 1e-9);
  }

  @Test
  void solve_workerDecommissioned_losesNothing() throws Exception {
    Random random = new Random(SEED);
    Puzzle puzzle = Puzzle.after(4_000_000, random);
    CompletableFuture<CliRun> run =
        runs.begin(puzzle.command(warehouse, status), "spark.decommission.enabled=true");
    awaitWork(puzzle, random, () -> !run.isDone());
    cluster.decommissionWorker(0);
    cluster.startWorker();
    assertThat(run).as("it was disturbed while it ran").isNotDone();
    JsonNode result = solved(run.get());
    assertThat(result.get("nonce").asLong()).isEqualTo(puzzle.nonce());
    assertThat(cluster.workers("DECOMMISSIONED")).isEqualTo(1);
    assertThat(SearchRow.last(warehouse).hashesExact()).as("each range was ended").isTrue();
    assertProven(result.get("search_id").asText());
  }

  private JsonNode disturbCluster(Puzzle puzzle, Disturbance disturbance, Random random)
      throws Exception {
    CompletableFuture<CliRun> run = runs.begin(puzzle.command(warehouse, status));
    awaitWork(puzzle, random, () -> !run.isDone());
    if (disturbance == Disturbance.EXECUTOR_KILLED) {
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).isNotEmpty();
      executors.get(random.nextInt(executors.size())).destroyForcibly();
    } else {
      cluster.killWorker(random.nextInt(2));
      cluster.startWorker();
    }
    assertThat(run).as("it was disturbed while it ran").isNotDone();
    return solved(run.get());
  }

  private JsonNode killDrivers(Puzzle puzzle, Random random) throws Exception {
    int kills = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < kills; i++) {
      Submission driver = runs.submit(directory, puzzle.command(warehouse, status));
      if (random.nextInt(3) == 0) {
        // While it starts.
        Thread.sleep(random.nextInt(5_000));
      } else {
        awaitWork(puzzle, random, driver::isAlive);
      }
      driver.kill();
      Files.deleteIfExists(status);
    }
    // In this JVM, which is warm and saves half the time; the first ones were processes.
    return solved(runs.begin(puzzle.command(warehouse, status)).get());
  }

  private static JsonNode solved(CliRun run) throws IOException {
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).as(run.toString()).hasSize(1);
    return JSON.readTree(run.out().get(0));
  }

  /** Waits for a random part of the work to be done, and a little more. */
  private void awaitWork(Puzzle puzzle, Random random, BooleanSupplier stillRuns)
      throws InterruptedException {
    long enough = 1 + (long) (puzzle.work() * 0.6 * random.nextDouble());
    Await.until(
        enough + " positions tried",
        () -> ClusterRuns.tried(status) >= enough || !stillRuns.getAsBoolean());
    Thread.sleep(random.nextInt(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void solve_signalled_keepsItsStateAndGoesOn(String signal) throws Exception {
    Random random = new Random(SEED);
    Puzzle puzzle = Puzzle.after(4_000_000, random);
    Submission first = runs.submit(directory, puzzle.command(warehouse, status));
    awaitWork(puzzle, random, first::isAlive);
    first.signal(signal);
    Submission.Ended interrupted = first.await();
    assertThat(interrupted.code()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.json().get("outcome").asText()).isEqualTo("interrupted");
    assertThat(interrupted.json().get("hashes_exact").asBoolean()).isTrue();
    long before = interrupted.json().get("hashes").asLong();

    cluster.awaitNoApplication();
    JsonNode result = solved(runs.begin(puzzle.command(warehouse, status)).get());
    assertThat(result.get("nonce").asLong()).isEqualTo(puzzle.nonce());
    assertThat(SearchRow.last(warehouse).resumedHashes()).isEqualTo(before);
    assertProven(result.get("search_id").asText());
  }

  @Test
  void solve_runByAnother_isToldByWhom() throws Exception {
    // More than the first can do before it is told to stop.
    Puzzle puzzle = Puzzle.after(30_000_000, new Random(SEED));
    Submission first = runs.submit(directory, puzzle.command(warehouse, status));
    Await.until("the first to begin", () -> ClusterRuns.tried(status) > 0);
    Path other = directory.resolve("other.json");
    CliRun second = runs.begin(puzzle.command(warehouse, other)).get();
    assertThat(second.code()).as(second.toString()).isEqualTo(2);
    assertThat(second.out()).isEmpty();
    assertThat(second.err().stream().filter(line -> line.startsWith("golden-nonce")))
        .singleElement()
        .asString()
        .contains("being run by process " + first.pid());
    first.signal("INT");
    Submission.Ended interrupted = first.await();
    assertThat(interrupted.code()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.json().get("hashes_exact").asBoolean()).as("undisturbed").isTrue();
  }

  @Test
  void solve_twoShardsAtOnce_proveTheWholeTogether() throws Exception {
    // One core each, so that neither waits for the other.
    Puzzle puzzle = Puzzle.after(4_000_000, new Random(SEED));
    Submission upperHalf =
        runs.submit(
            directory,
            puzzle.command(warehouse, directory.resolve("2.json"), "--shard", "2/2"),
            "spark.cores.max=1");
    CompletableFuture<CliRun> lowerHalf =
        runs.begin(
            puzzle.command(warehouse, directory.resolve("1.json"), "--shard", "1/2"),
            "spark.cores.max=1");
    CliRun lower = lowerHalf.get();
    Submission.Ended upper = upperHalf.await();
    // The solution lies in the upper half.
    assertThat(lower.code()).as(lower.toString()).isEqualTo(1);
    assertThat(upper.code()).as(upper.err()).isZero();
    assertThat(upper.json().get("nonce").asLong()).isEqualTo(puzzle.nonce());
    String searchId = upper.json().get("search_id").asText();
    assertThat(lower.out()).singleElement().asString().contains(searchId);
    assertProven(searchId);

    JsonNode whole = solved(ClusterRuns.local("local[2]", puzzle.command(warehouse, status)));
    assertThat(whole.get("hashes").asLong()).as("what was left of the whole").isZero();
    assertProven(searchId);
  }

  private void assertProven(String searchId) throws IOException {
    CliRun proof =
        ClusterRuns.local(
            "local[1]",
            List.of("verify", "--search", searchId, "--warehouse", warehouse.toString()));
    assertThat(proof.code()).as(proof.toString()).isZero();
    assertThat(proof.out()).isEmpty();
  }
}
