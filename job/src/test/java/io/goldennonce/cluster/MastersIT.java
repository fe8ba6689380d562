package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.cli.CliRun;
import io.goldennonce.testing.EnoughTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same checks on every master: a search that another master has started and its deadline ended,
 * is gone on with and found; what a user gets of it, and of the other ends. Submitted as users do.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@Tag("full")
class MastersIT {
  /** What shells, YARN's container scripts and Java's locales would change, or run. */
  private static final String HOSTILE = "a `exit 9` $HOME {{z}} \"q\" 'p' \\ zoë ";

  /** The lowest nonce of that text with difficulty 29, by a scan from 0. */
  private static final long NONCE = 1_523_620_011;

  private static final long WORK = 40_000_000;

  private static @Nullable StandaloneCluster standalone;
  private static @Nullable YarnCluster yarn;
  private static final List<Master> MASTERS = new ArrayList<>();

  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeAll
  static void startClusters(@TempDir Path directory) throws Exception {
    Path home = SparkHome.embedded();
    Path yarnHome = SparkHome.yarn();
    ExecutorService meanwhile = Executors.newSingleThreadExecutor();
    Future<YarnCluster> starting =
        meanwhile.submit(() -> YarnCluster.start(yarnHome, directory.resolve("yarn")));
    meanwhile.shutdown();
    // A driver in cluster mode takes a core.
    standalone = StandaloneCluster.start(home, directory.resolve("standalone"), 3);
    yarn = starting.get();
    String url = standalone.url();
    String staging = directory.resolve("staging").toUri().toString();
    Map<String, String> toYarn =
        Map.of(
            "SPARK_HOME",
            yarnHome.toString(),
            "HADOOP_CONF_DIR",
            yarn.settings().toString(),
            "YARN_CONF_DIR",
            yarn.settings().toString());
    String[] ofYarn = {
      "--num-executors=2",
      "--executor-memory=512m",
      "--driver-memory=512m",
      "--conf=spark.yarn.am.memory=512m",
      "--conf=spark.yarn.jars=local:" + yarnHome + "/jars/*",
      "--conf=spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
      "--conf=spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
      // They ask every second and every three, which is right for a real one.
      "--conf=spark.yarn.report.interval=200ms",
      "--conf=spark.yarn.scheduler.heartbeat.interval-ms=200",
      "--staging=" + staging
    };
    MASTERS.add(Master.local());
    MASTERS.add(
        Master.of(
            "standalone, client mode",
            8,
            Map.of(),
            url,
            "client",
            "--executor-memory=512m",
            "--conf=spark.cores.max=2"));
    MASTERS.add(
        Master.of(
            "standalone, cluster mode",
            8,
            Map.of(),
            url,
            "cluster",
            "--executor-memory=512m",
            "--driver-memory=512m",
            "--staging=" + staging));
    MASTERS.add(Master.of("YARN, client mode", 12, toYarn, "yarn", "client", ofYarn));
    MASTERS.add(Master.of("YARN, cluster mode", 10, toYarn, "yarn", "cluster", ofYarn));
  }

  @AfterAll
  static void stopClusters() throws Exception {
    if (yarn != null) {
      yarn.close();
    }
    if (standalone != null) {
      standalone.close();
    }
  }

  static Stream<Integer> masters() {
    return Stream.iterate(0, at -> at < MASTERS.size(), at -> at + 1);
  }

  @ParameterizedTest
  @MethodSource("masters")
  void solve_onAMaster_goesOnFindsAndTellsItsEnd(int at) throws Exception {
    Master master = MASTERS.get(at);
    Master before = MASTERS.get((at + MASTERS.size() - 1) % MASTERS.size());
    Path warehouse = directory.resolve("warehouse");

    long tried = begin(before, warehouse);
    long start = System.nanoTime();
    Submission.Ended found =
        master.start(directory, search(warehouse, "--result", "lowest")).await();
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.json().get("nonce").asLong()).isEqualTo(NONCE);
    assertThat(found.json().get("message_hex").asText())
        .startsWith(HexFormat.of().formatHex(HOSTILE.getBytes(StandardCharsets.UTF_8)));
    SearchRow row = SearchRow.last(warehouse);
    assertThat(row.resumedHashes()).isEqualTo(tried);
    assertThat(row.hashesExact()).isTrue();
    assertThat(row.hashes() + tried).isGreaterThanOrEqualTo(WORK);

    // All at once, as they mostly wait.
    Master forLittle = master.quick().small();
    Submission exhausted = forLittle.start(directory.resolve("1"), tiny("200"));
    Submission refused = forLittle.start(directory.resolve("2"), tiny("300"));
    assertProven(found.json().get("search_id").asText(), warehouse);
    Submission.Ended one = exhausted.await();
    assertThat(one.code()).as(one.err()).isEqualTo(1);
    assertThat(one.json().get("outcome").asText()).isEqualTo("exhausted");
    assertThat(one.err()).contains("golden-nonce solve: no nonce of 1000 solves it");
    Submission.Ended two = refused.await();
    assertThat(two.code()).as(two.err()).isEqualTo(2);
    assertThat(two.out()).isEmpty();
    assertThat(two.err()).contains("golden-nonce solve: ").contains("300");

    System.out.printf(
        Locale.ROOT,
        "MastersIT: | %s | %.1f s | %s | %,d of %s | 0 1 2 3 |%n",
        master,
        seconds,
        latency(row),
        tried,
        before);
  }

  /** Where all tasks above the find had ended by themselves, there is none. */
  private static String latency(SearchRow row) {
    OptionalDouble millis = row.stopLatencyMillis();
    return millis.isPresent()
        ? String.format(Locale.ROOT, "%.1f ms", millis.getAsDouble())
        : "nothing was left to stop";
  }

  /** Lets a search's deadline end it, and gives what it has tried. */
  private long begin(Master master, Path warehouse) throws Exception {
    return EnoughTime.of(
        master.seconds(), seconds -> tried(master, warehouse, seconds), n -> n > 0);
  }

  private long tried(Master master, Path warehouse, int seconds) throws Exception {
    List<String> search =
        search(
            warehouse,
            "--result",
            "lowest",
            "--kernel",
            "message-digest",
            "--timeout",
            seconds + "s");
    Submission.Ended ended = master.quick().start(directory.resolve("begin"), search).await();
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    JsonNode result = ended.json();
    assertThat(result.get("outcome").asText()).isEqualTo("deadline");
    return result.get("hashes").asLong();
  }

  private static List<String> search(Path warehouse, String... more) {
    List<String> command = new ArrayList<>(List.of("solve", "--format", "pow", "--data", HOSTILE));
    command.addAll(List.of("--difficulty", "29", "--skip", "" + (NONCE - WORK + 1)));
    command.addAll(List.of("--limit", "" + (WORK + 10_000_000), "--json", "--quiet"));
    command.addAll(List.of("--warehouse", warehouse.toString()));
    command.addAll(List.of("-D", "search.range-time=500ms"));
    command.addAll(List.of(more));
    return command;
  }

  private static List<String> tiny(String difficulty) {
    return List.of(
        "solve",
        "--format",
        "pow",
        "--data",
        "COMSM0010cloud",
        "--difficulty",
        difficulty,
        "--limit",
        "1000",
        "--json",
        "--quiet");
  }

  private static void assertProven(String searchId, Path warehouse) {
    CliRun proof =
        ClusterRuns.local(
            "local[1]",
            List.of("verify", "--search", searchId, "--warehouse", warehouse.toString()));
    assertThat(proof.code()).as(proof.toString()).isZero();
  }
}
