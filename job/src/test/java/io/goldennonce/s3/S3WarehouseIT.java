package io.goldennonce.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cluster.SparkClasses;
import io.goldennonce.cluster.SparkHome;
import io.goldennonce.cluster.Submission;
import io.goldennonce.testing.LightJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job with its warehouse on S3: Hadoop's S3A in the embedded Spark, through a line that fails,
 * to an S3 on loopback. The settings are those that ship, the credentials come from the
 * environment.
 */
@Tag("full")
class S3WarehouseIT {
  private static final String KEY_ID = "AKIDGOLDENNONCETEST";
  private static final String SECRET = "nobody-may-ever-see-this-secret-key";
  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));

  /** The lowest nonce from the skipped ones on, by full scans of 2^32 (see the cluster's tests). */
  private static final long NONCE = 30_074_393;

  private static final int WORK = 9_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A ledger's file, which has a number that each checkpoint raises. */
  private static final Pattern LEDGER = Pattern.compile(".*-0*(\\d+)-v\\w+\\.parquet");

  private static Path home = Path.of("set before all");
  private static Path olderHome = Path.of("set before all");
  private static @Nullable S3Mock started;
  private static String jvmOptions = "set before all";

  private final S3Mock s3 = Objects.requireNonNull(started);
  @TempDir private Path directory = Path.of("set by JUnit");
  private String bucket = "set before each";
  private @Nullable FaultyLine opened;

  @BeforeAll
  static void startS3(@TempDir Path directory) throws Exception {
    home = withS3(SparkHome.embedded());
    olderHome = withS3(SparkHome.of("4.0"));
    S3Mock mock = S3Mock.start(directory);
    started = mock;
    mock.createBucket("training");
    jvmOptions =
        SparkClasses.options(
            "s3",
            (place, options) ->
                submit(
                    home,
                    "local[1]",
                    place,
                    options,
                    settings(place, "http://127.0.0.1:" + mock.port()),
                    inWarehouse("s3a://training/w", mine("hello"))));
  }

  private static Path withS3(Path spark) throws IOException {
    boolean there = false;
    if (Files.isDirectory(spark)) {
      try (Stream<Path> jars = Files.list(spark.resolve("jars"))) {
        there = jars.anyMatch(jar -> jar.getFileName().toString().startsWith("hadoop-aws-"));
      }
    }
    assumeTrue(
        there || "true".equals(System.getenv("CI")),
        () -> "delete " + spark + " and run scripts/spark-home.sh to include it: it lacks S3A");
    return spark;
  }

  @AfterAll
  static void stopS3() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void prepare(TestInfo test) throws Exception {
    bucket = "b" + Integer.toHexString(test.getDisplayName().hashCode());
    s3.createBucket(bucket);
    opened = new FaultyLine(s3.port());
  }

  @AfterEach
  void closeLine() throws IOException {
    line().close();
  }

  private FaultyLine line() {
    return Objects.requireNonNull(opened);
  }

  @Test
  void solve_driverKilled_goesOnFromS3OnAnotherMaster() throws Exception {
    Path status = directory.resolve("status.json");
    List<String> first = new ArrayList<>(solve());
    first.addAll(List.of("--status", status.toString()));
    Submission killed = start("local[1]", first);
    while (killed.isAlive() && tried(status) == 0) {
      Thread.sleep(50);
    }
    // One may have started before.
    long saved = checkpoints() + 2;
    while (killed.isAlive() && checkpoints() < saved) {
      Thread.sleep(50);
    }
    assertThat(killed.isAlive()).as("it is killed in the middle of its work").isTrue();
    killed.kill();
    assertThat(s3.keys(bucket, "w/ranges/")).as("what the killed one has kept").isNotEmpty();
    assertThat(s3.keys(bucket, "w/_running/")).as("its lease").hasSize(1);

    // On S3 nothing but time shows that a holder is dead.
    Submission.Ended ended = start("local[2]", solve()).await();
    for (int i = 0; i < 10 && ended.code() == 2; i++) {
      assertThat(ended.err()).contains("this search is being run by process");
      Thread.sleep(2_000);
      ended = start("local[2]", solve()).await();
    }
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode result = ended.json();
    assertThat(result.get("nonce").asLong()).isEqualTo(NONCE);
    assertThat(result.get("hashes").asLong()).as("only what was left").isLessThan(WORK);
    assertThat(s3.keys(bucket, "w/_running/"))
        .as("the killed one's claim, which is swept later")
        .hasSizeLessThanOrEqualTo(1);
    assertThat(succeed(start("local[1]", List.of("verify", "--search", id(result)))).out())
        .as("no gap and no overlap")
        .isEmpty();
    assertNoCredentialsIn(s3);
  }

  @Test
  void mine_severalProcessesOnTwoSparks_appendToOneChainThatAllCommandsRead() throws Exception {
    String pool = "s3a://" + bucket + "/pool";
    succeed(
        start(
            "local[1]",
            List.of("generate", "--transactions", pool, "--count", "2", "--rate", "100")));
    List<Submission> miners =
        List.of(
            start("local[1]", mine("hello", "--blocks", "2")),
            start("local[1]", mineFrom(pool)),
            start(olderHome, "local[1]", mine("hello", "--blocks", "2")));
    List<String> told = new ArrayList<>();
    for (Submission miner : miners) {
      succeed(miner).jsonLines().forEach(block -> told.add(block.get("hash").asText()));
    }
    assertThat(told).hasSize(6);
    // Two may find the very same block, as they take no lease for a short search.
    int blocks = 1 + Set.copyOf(told).size();
    assertThat(s3.keys(bucket, "w/blocks/")).as("with the first").hasSize(blocks);
    assertThat(s3.keys(bucket, "w/searches/"))
        .as("one at least for each process, as rows are written together")
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(s3.keys(bucket, "w/_pending/")).isEmpty();

    succeed(start("local[1]", List.of("compact")));
    // They only read, so all at once.
    Submission verify = start("local-cluster[1,1,1024]", List.of("verify"));
    Submission restore = start("local[1]", List.of("restore", "--json"));
    Submission sql = start("local[1]", sql());
    Submission olderSql = start(olderHome, "local[1]", sql());
    Submission audit = start("local[1]", List.of("audit", "--transactions", pool, "--json"));
    assertThat(succeed(verify).err()).contains(blocks + " blocks, ").contains(" 0 faults");
    JsonNode state = succeed(restore).json();
    assertThat(state.get("blocks").asInt()).isEqualTo(blocks);
    // The other miners' data, the same each time, was never in a pool: exit code 1, unless all of
    // it went stale.
    Submission.Ended audited = audit.await();
    assertThat(audited.code()).as(audited.err()).isIn(0, 1);
    assertThat(audited.out()).as(audited.err()).noneMatch(line -> line.contains("\"lost\""));
    List<String> rows = succeed(sql).out();
    assertThat(succeed(olderSql).out()).isEqualTo(rows);
    assertThat(rows).hasSize(state.get("height").asInt() + 3);
    assertThat(rows.get(state.get("height").asInt()))
        .as("the chain's tip")
        .contains(state.get("hash").asText());
    assertThat(rows.get(rows.size() - 2)).isEqualTo("{\"blocks\":" + blocks + ",\"real\":true}");
    assertThat(rows.get(rows.size() - 1)).isEqualTo("{\"runs\":6,\"ranges\":true}");
  }

  /** A statement over each table of the catalog that a miner fills, and one of its functions. */
  private static List<String> sql() {
    return List.of(
        "sql",
        "SELECT height, hash FROM chain ORDER BY height;"
            + "SELECT count(*) AS blocks, bool_and(block_hash(header) = hash) AS real FROM blocks;"
            + "SELECT (SELECT count(*) FROM searches WHERE outcome = 'found') AS runs,"
            + " (SELECT sum(hashes) > 0 FROM ranges) AS ranges",
        "--json");
  }

  @Test
  void mine_overAFaultyLine_triesAgainAndLosesNothing() throws Exception {
    List<Fault> transients =
        List.of(Fault.SLOW_DOWN, Fault.RESET, Fault.LOST_ANSWER, Fault.LATE_ANSWER);
    AtomicInteger requests = new AtomicInteger();
    line()
        .follow(
            request -> {
              int number = requests.getAndIncrement();
              return number % 3 == 2
                  ? Optional.of(transients.get(number / 3 % transients.size()))
                  : Optional.empty();
            });
    succeed(start("local[2]", mine("hello", "--blocks", "2")));
    for (Fault fault : transients) {
      assertThat(line().happened(fault)).as(fault.name()).isPositive();
    }
    assertThat(s3.keys(bucket, "w/blocks/")).hasSize(3);
    assertThat(s3.keys(bucket, "w/searches/")).hasSizeBetween(1, 2);
    assertThat(s3.keys(bucket, "w/_pending/")).isEmpty();
  }

  @Test
  void mine_onALongerChain_makesAsManyRequests() throws Exception {
    requests(1); // makes the warehouse
    Map<String, Integer> few = requests(2);
    Map<String, Integer> more = requests(12);
    succeed(start("local[1]", mine("hello", "--blocks", "60")));
    succeed(start("local[1]", List.of("compact", "--now")));
    Map<String, Integer> fewLater = requests(2);
    Map<String, Integer> moreLater = requests(12);

    System.out.println("Requests for 2 blocks on a chain of 3: " + few);
    System.out.println("Requests for 12 blocks on a chain of 15: " + more);
    System.out.println("Requests for 2 blocks on a chain of 80: " + fewLater);
    System.out.println("Requests for 12 blocks on a chain of 92: " + moreLater);
    assertThat(besidesFiles(more) - besidesFiles(few)).as("for 10 blocks").isEqualTo(30);
    assertThat(besidesFiles(moreLater) - besidesFiles(fewLater)).as("for 10 blocks").isEqualTo(30);
    assertThat(besidesFiles(fewLater)).as("at start").isEqualTo(besidesFiles(few));
    assertThat(fewLater.get("GET blocks")).as("files read at start").isOne();
  }

  /** What it takes to mine some blocks, by method and directory; without what runs beside it. */
  private Map<String, Integer> requests(int blocks) throws Exception {
    Map<String, Integer> requests = new ConcurrentSkipListMap<>();
    line()
        .follow(
            request -> {
              String path = request.path().replaceFirst("/" + bucket + "/?", "");
              String where =
                  path.startsWith("?") ? "list" : path.replaceFirst("^w/(_probe|[^/?]*).*", "$1");
              requests.merge(request.method() + " " + where, 1, Integer::sum);
              return Optional.empty();
            });
    succeed(
        start(
            "local[1]",
            mine(
                "hello",
                "--blocks",
                String.valueOf(blocks),
                "-D",
                "chain.tip-interval=1h",
                "-D",
                "compaction.files=0",
                "-D",
                "search.checkpoint-interval=1h")));
    line().follow(request -> Optional.empty());
    return requests;
  }

  /** All but two requests for each file of blocks that is there at start. */
  private static int besidesFiles(Map<String, Integer> requests) {
    int all = requests.values().stream().mapToInt(Integer::intValue).sum();
    return all - 2 * requests.getOrDefault("GET blocks", 0);
  }

  @Test
  void mine_permissionLostMeanwhile_failsInOneLineAndGoesOnLater() throws Exception {
    line()
        .follow(
            request ->
                request.method().equals("PUT") && request.path().contains("/w/blocks/0")
                    ? Optional.of(Fault.FORBIDDEN)
                    : Optional.empty());
    Submission.Ended ended = start("local[1]", mine("hello")).await();
    assertThat(ended.code()).as(ended.err()).isEqualTo(4);
    assertThat(ended.json().get("header").asText()).as("the user has the block").hasSize(160);
    assertOneLine(ended, "golden-nonce mine: could not write ", "AccessDenied");

    line().follow(request -> Optional.empty());
    JsonNode block = succeed(start("local[1]", mine("hello"))).json();
    assertThat(block.get("height").asLong()).isEqualTo(1);
  }

  @Test
  void mine_withoutPermissionOrInALongOutage_isRefusedInOneLine() throws Exception {
    line()
        .follow(
            request ->
                Optional.of(
                    request.path().contains("forbidden") ? Fault.FORBIDDEN : Fault.SLOW_DOWN));
    Submission forbidden = startAt(home, "forbidden", "local[1]", mine("hello"));
    Submission outage =
        startAt(
            home,
            "outage",
            "local[1]",
            mine("hello"),
            "spark.hadoop.fs.s3a.attempts.maximum=1",
            "spark.hadoop.fs.s3a.retry.throttle.limit=2",
            "spark.hadoop.fs.s3a.retry.limit=2");
    assertRefused(forbidden.await(), "Status Code: 403");
    assertRefused(outage.await(), "503");
    assertThat(line().happened(Fault.SLOW_DOWN)).as("tried again").isGreaterThan(1);
    assertThat(s3.keys(bucket, "")).isEmpty();
  }

  private static void assertRefused(Submission.Ended ended, String why) {
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertOneLine(ended, "golden-nonce mine: the warehouse ", why);
  }

  @Test
  void settingsThatShip_haveNoCredentials() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content().doesNotContainPattern("(access|secret)[.]key|session[.]token");
      }
    }
  }

  /** Positions that a run tells to have tried. */
  private static long tried(Path status) throws IOException {
    return Files.exists(status)
        ? JSON.readTree(Files.readString(status)).path("hashes").asLong()
        : 0;
  }

  private long checkpoints() throws IOException, InterruptedException {
    return s3.keys(bucket, "w/ranges/").stream()
        .map(LEDGER::matcher)
        .filter(Matcher::matches)
        .mapToLong(ledger -> Long.parseLong(ledger.group(1)))
        .max()
        .orElse(0);
  }

  private static List<String> solve() {
    List<String> command =
        new ArrayList<>(
            List.of("solve", "--format", "pow", "--data", "COMSM0010cloud", "--difficulty", "27"));
    command.addAll(
        List.of("--skip", String.valueOf(NONCE + 1 - WORK), "--limit", String.valueOf(WORK + 1)));
    command.addAll(
        List.of("--result", "lowest", "--json", "--quiet", "--kernel", "message-digest"));
    command.addAll(List.of("-D", "search.checkpoint-interval=500ms"));
    command.addAll(List.of("-D", "search.range-time=250ms", "-D", "search.first-range=50000"));
    return command;
  }

  private static List<String> mine(String data, String... more) {
    List<String> command = new ArrayList<>(List.of("mine", "--data", data, "--difficulty", "12"));
    command.addAll(List.of("--json", "--quiet"));
    command.addAll(List.of(more));
    return command;
  }

  /** Two blocks with a transaction each. */
  private static List<String> mineFrom(String pool) {
    return List.of(
        "mine",
        "--transactions",
        pool,
        "--blocks",
        "2",
        "--difficulty",
        "12",
        "--json",
        "--quiet",
        "-D",
        "chain.block-transactions=1");
  }

  private static String id(JsonNode result) {
    return result.get("search_id").asText();
  }

  private Submission start(String master, List<String> program) throws IOException {
    return start(home, master, program);
  }

  private Submission start(Path spark, String master, List<String> program) throws IOException {
    return startAt(spark, "w", master, program);
  }

  /** Starts one with a warehouse of the bucket, and further settings of Spark. */
  private Submission startAt(
      Path spark, String warehouse, String master, List<String> program, String... more)
      throws IOException {
    List<String> settings = new ArrayList<>(settings(directory, line().endpoint()));
    settings.addAll(List.of(more));
    return submit(
        spark,
        master,
        directory,
        jvmOptions,
        settings,
        inWarehouse("s3a://" + bucket + "/" + warehouse, program));
  }

  private static List<String> settings(Path directory, String endpoint) {
    return List.of(
        "spark.ui.enabled=false",
        "spark.executor.extraJavaOptions=" + LightJvm.OPTIONS,
        "spark.hadoop.hadoop.tmp.dir=" + directory.resolve("hadoop"),
        "spark.hadoop.fs.s3a.endpoint=" + endpoint,
        "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
        "spark.hadoop.fs.s3a.path.style.access=true");
  }

  private static List<String> inWarehouse(String warehouse, List<String> program) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-c", ROOT.resolve("conf/s3.conf").toAbsolutePath().toString()));
    command.addAll(List.of("--warehouse", warehouse));
    return command;
  }

  private static Submission submit(
      Path spark,
      String master,
      Path directory,
      String jvmOptions,
      List<String> settings,
      List<String> command)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--driver-memory", "512m"));
    options.addAll(
        List.of(
            "--driver-java-options",
            jvmOptions
                + " -Dlog4j2.configurationFile="
                + ROOT.resolve("conf/log4j2.properties").toAbsolutePath()));
    settings.forEach(setting -> options.addAll(List.of("--conf", setting)));
    return Submission.start(
        spark,
        master,
        directory,
        options,
        command,
        Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", SECRET));
  }

  private static Submission.Ended succeed(Submission submission) throws Exception {
    Submission.Ended ended = submission.await();
    assertThat(ended.code()).as("%s%n%s", ended.err(), ended.out()).isZero();
    assertThat(ended.err()).doesNotContain(SECRET, KEY_ID);
    assertThat(ended.out().toString()).doesNotContain(SECRET, KEY_ID);
    return ended;
  }

  private static void assertOneLine(Submission.Ended ended, String begin, String within) {
    assertThat(ended.err()).doesNotContain("\tat ").doesNotContain(SECRET, KEY_ID);
    assertThat(ended.err().lines().filter(line -> line.startsWith("golden-nonce")))
        .singleElement()
        .asString()
        .startsWith(begin)
        .contains(within);
  }

  private void assertNoCredentialsIn(S3Mock storage) throws Exception {
    for (String key : storage.keys(bucket, "")) {
      assertThat(storage.object(bucket, key)).as(key).doesNotContain(SECRET, KEY_ID);
    }
  }
}
