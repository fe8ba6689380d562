package io.goldennonce.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.cluster.SparkClasses;
import io.goldennonce.cluster.SparkHome;
import io.goldennonce.cluster.Submission;
import io.goldennonce.node.Bcoin;
import io.goldennonce.testing.NpmProject;
import io.goldennonce.work.Work;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Foreign software on either side: a pool of npm's foundation-stratum for a real Bitcoin node,
 * bcoin on regtest, and npm's stratum-client as the miner of the test's own pool.
 */
@Timeout(600)
@Tag("full")
class StratumPoolIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NpmProject NPM = new NpmProject("pool", "mining-pool");

  /** bcoin's addresses on regtest begin so. The pool drops what is neither letter nor digit. */
  private static final String ADDRESS = "R9NXAVJezHiBnT3ijTpg3JUZre7PxhJWti";

  private final Path directory;

  StratumPoolIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    NPM.install();
  }

  /** Each share is a block there, so each is followed by a clean job. */
  @Test
  void work_foundationStratumOnBcoin_sharesBecomeBlocksOfTheNode() throws Exception {
    Path log = directory.resolve("pool.log");
    Path password = Files.writeString(directory.resolve("password"), "letmein");
    int port = freePort();
    Process pool;
    CliRun run;
    try (Bcoin node = Bcoin.start(directory)) {
      pool =
          node(
              log,
              "pool.js",
              "" + node.port(),
              Bcoin.API_KEY,
              "" + port,
              ADDRESS,
              "0.0005"); // two million hashes
      try {
        await(log, "{\"started\":true}");
        run = CliRun.of(work("stratum+tcp://127.0.0.1:" + port, password, "--shares", "25"));
        assertThat(run.code()).as(run.err() + Files.readString(log)).isZero();
        long height = node.height();
        long accepted =
            rows("SELECT count(*) AS n FROM shares WHERE verdict = 'accepted' AND is_block")
                .get(0)
                .get("n")
                .asLong();
        assertThat(accepted).isGreaterThanOrEqualTo(25);
        // Two shares of one job are two blocks of one height, of which the node takes one.
        assertThat(height).isBetween(10L, accepted);
      } finally {
        pool.destroyForcibly().waitFor();
      }
    }
    List<JsonNode> said = said(log);
    List<JsonNode> valid =
        said.stream().filter(line -> line.path("share").asText().equals("valid")).toList();
    assertThat(said)
        .as("nothing that the pool calls invalid")
        .noneMatch(line -> line.path("share").asText().equals("invalid"));
    assertThat(valid.stream().map(line -> line.get("hash").asText()).toList())
        .as("the pool's own hashes")
        .containsExactlyInAnyOrderElementsOf(
            rows("SELECT hash FROM shares WHERE verdict = 'accepted'").stream()
                .map(row -> row.get("hash").asText())
                .toList());
    assertThat(rows("SELECT DISTINCT version_bits FROM shares")).hasSizeGreaterThan(1);
    // The run's table, for the log.
    System.out.println(run.err());
    rows("SELECT verdict, reason, count(*) AS n, count(DISTINCT job_id) AS jobs FROM shares"
            + " GROUP BY verdict, reason")
        .forEach(System.out::println);
    sql("--named", "shares").forEach(System.out::println);
  }

  @Test
  void work_wrongPassword_isRefusedByFoundationStratum() throws Exception {
    Path log = directory.resolve("pool.log");
    Path password = Files.writeString(directory.resolve("password"), "wrong");
    int port = freePort();
    try (Bcoin node = Bcoin.start(directory)) {
      Process pool =
          node(log, "pool.js", "" + node.port(), Bcoin.API_KEY, "" + port, ADDRESS, "0.0005");
      try {
        await(log, "{\"started\":true}");
        CliRun run = CliRun.of(work("stratum+tcp://127.0.0.1:" + port, password));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
            .singleElement()
            .asString()
            .contains(" refuses the worker " + ADDRESS + ".w (unauthorized worker); check --user");
      } finally {
        pool.destroyForcibly().waitFor();
      }
    }
  }

  /** Without Spark: what is said to the pool, share by share, and what it makes of it. */
  @Test
  void source_foundationStratumOnBcoin_eachShareIsTheNextBlock() throws Exception {
    Path log = directory.resolve("pool.log");
    int port = freePort();
    try (Bcoin node = Bcoin.start(directory)) {
      Process pool =
          node(log, "pool.js", "" + node.port(), Bcoin.API_KEY, "" + port, ADDRESS, "0.000001");
      PoolSettings settings = new PoolSettings();
      settings.user = ADDRESS + ".w";
      settings.password = "letmein";
      try {
        await(log, "{\"started\":true}");
        try (PoolMiner miner = new PoolMiner(settings.build(), "stratum+tcp://127.0.0.1:" + port)) {
          for (int block = 1; block <= 20; block++) {
            Work work = miner.next();
            assertThat(work.search().template().variant(0).versions()).isEqualTo(8);
            PoolMiner.mine(work, 1);
            miner.awaitJudged(block);
            PoolMiner.awaitOutdated(work);
          }
          assertThat(miner.judged)
              .hasSize(20)
              .allMatch(share -> share.verdict() == Share.Verdict.ACCEPTED && share.isBlock());
          assertThat(miner.judged.stream().map(Share::versionBits).distinct().count())
              .isGreaterThan(1);
          assertThat(miner.told).isEmpty();
        }
        assertThat(node.height()).isEqualTo(20);
      } finally {
        pool.destroyForcibly().waitFor();
      }
    }
  }

  /** What the test's pool says is understood by others, and their share is one to it. */
  @Test
  void testPool_stratumClient_getsAShareAccepted() throws Exception {
    Path log = directory.resolve("miner.log");
    try (TestPool pool = TestPool.start().asks(1.0 / (1 << 18)).rolls(null)) {
      Process miner = node(log, "miner.js", "" + pool.port(), TestPool.USER, TestPool.PASSWORD);
      assertThat(miner.waitFor()).isZero();
      assertThat(said(log))
          .extracting(JsonNode::toString)
          .containsExactlyInAnyOrder(
              "{\"subscribed\":{\"extraNonce1\":\"08000001\",\"extraNonce2Size\":4}}",
              "{\"job\":\"1\"}",
              "{\"authorized\":true}",
              "{\"accepted\":true}");
      assertThat(pool.taken()).isEqualTo(1);
    }
  }

  /** Two processes, two connections: the pool sees no header twice. */
  @Test
  void work_twoProcessesOnOnePool_neverTryTheSameHeader() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), TestPool.PASSWORD);
    try (TestPool pool = TestPool.start().asks(1.0 / (1 << 13))) {
      Submission other =
          Submission.start(
              SparkHome.embedded(),
              "local[1]",
              Files.createDirectory(directory.resolve("other")),
              List.of(
                  "--conf",
                  "spark.ui.enabled=false",
                  "--driver-java-options",
                  SparkClasses.options()),
              List.of(work(pool.url(), password, "--shares", "60")));
      CliRun run = CliRun.of(work(pool.url(), password, "--shares", "60"));
      Submission.Ended ended = other.await();
      assertThat(run.code()).as(run.err().toString()).isZero();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(pool.verdicts()).allMatch(TestPool.Verdict::taken);
      assertThat(pool.verdicts().stream().map(TestPool.Verdict::header).distinct())
          .hasSameSizeAs(pool.verdicts())
          .hasSizeGreaterThanOrEqualTo(120);
      assertThat(pool.verdicts().stream().map(TestPool.Verdict::extranonce1).distinct()).hasSize(2);
      assertThat(rows("SELECT count(*) AS n FROM shares").get(0).get("n").asInt())
          .isEqualTo(pool.verdicts().size());
    }
  }

  private String[] work(String url, Path password, String... more) {
    return Stream.concat(
            Stream.of(
                "work",
                "--pool",
                url,
                "--user",
                ADDRESS + ".w",
                "--password-file",
                password.toString(),
                "--json",
                "--quiet",
                "--warehouse",
                directory.resolve("warehouse").toString(),
                "-D",
                "spark.ui.enabled=false"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private List<JsonNode> rows(String query) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : sql(query)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private List<String> sql(String... query) {
    CliRun run =
        CliRun.of(
            Stream.concat(
                    Stream.concat(Stream.of("sql"), Stream.of(query)),
                    Stream.of("--json", "--warehouse", directory.resolve("warehouse").toString()))
                .toArray(String[]::new));
    assertThat(run.code()).as(run.err().toString()).isZero();
    return run.out();
  }

  private static Process node(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(NPM.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private static void await(Path log, String line) throws IOException, InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      if (Files.readString(log).contains(line)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(log));
  }

  private static List<JsonNode> said(Path log) throws IOException {
    List<JsonNode> said = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      said.add(JSON.readTree(line));
    }
    return said;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
