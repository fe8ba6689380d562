package io.goldennonce.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.cluster.SparkHome;
import io.goldennonce.cluster.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job with its warehouse on S3: Hadoop's S3A in the embedded Spark, through a line that fails,
 * to an S3 on loopback. The settings are those that ship, the credentials come from the
 * environment.
 */
class S3WarehouseIT {
  private static final String KEY_ID = "AKIDGOLDENNONCETEST";
  private static final String SECRET = "nobody-may-ever-see-this-secret-key";
  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));

  /** The lowest nonce from the skipped ones on, by full scans of 2^32 (see the cluster's tests). */
  private static final long NONCE = 30_074_393;

  private static final int WORK = 9_000_000;

  private static Path home = Path.of("set before all");
  private static @Nullable S3Mock started;

  private final S3Mock s3 = Objects.requireNonNull(started);
  @TempDir private Path directory = Path.of("set by JUnit");
  private String bucket = "set before each";
  private @Nullable FaultyLine opened;

  @BeforeAll
  static void startS3(@TempDir Path directory) throws Exception {
    home = SparkHome.embedded();
    boolean there;
    try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
      there = jars.anyMatch(jar -> jar.getFileName().toString().startsWith("hadoop-aws-"));
    }
    assumeTrue(
        there || "true".equals(System.getenv("CI")),
        () -> "delete " + home + " and run scripts/spark-home.sh to include it: it lacks S3A");
    started = S3Mock.start(directory);
  }

  @AfterAll
  static void stopS3() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void prepare(TestInfo test) throws Exception {
    bucket = "b" + Math.abs(test.getDisplayName().hashCode());
    s3.createBucket(bucket);
    opened = new FaultyLine(s3.port());
  }

  private FaultyLine line() {
    return Objects.requireNonNull(opened);
  }

  @Test
  void solve_driverKilled_goesOnFromS3OnAnotherMaster() throws Exception {
    Submission killed = start("local[1]", solve("--kernel", "scalar"));
    while (killed.isAlive() && !hasKeptTwice()) {
      Thread.sleep(50);
    }
    killed.kill();
    assertThat(s3.keys(bucket, "w/ranges/")).as("what the killed one has kept").isNotEmpty();
    assertThat(s3.keys(bucket, "w/_running/")).as("its lease").hasSize(1);

    Submission.Ended ended = succeed(start("local[2]", solve()));
    JsonNode result = ended.json();
    assertThat(result.get("nonce").asLong()).isEqualTo(NONCE);
    assertThat(result.get("hashes").asLong()).as("only what was left").isLessThan(WORK);
    assertThat(s3.keys(bucket, "w/_running/")).isEmpty();
    assertThat(succeed(start("local[1]", List.of("verify", "--search", id(result)))).out())
        .as("no gap and no overlap")
        .isEmpty();
    assertNoCredentialsIn(s3);
  }

  @Test
  void mine_twoProcessesAtOnce_appendToOneChainThatCompacts() throws Exception {
    Submission one = start("local[1]", mine("hello", "--blocks", "3"));
    Submission two = start("local[1]", mine("hello", "--blocks", "3"));
    succeed(one);
    succeed(two);
    assertThat(s3.keys(bucket, "w/blocks/")).as("with the first").hasSize(7);
    assertThat(s3.keys(bucket, "w/searches/"))
        .as("with those that the other's block ended")
        .hasSizeGreaterThanOrEqualTo(6);
    assertThat(s3.keys(bucket, "w/_pending/")).isEmpty();

    succeed(start("local[1]", List.of("compact")));
    Submission.Ended proof = succeed(start("local[2]", List.of("verify")));
    assertThat(proof.err()).contains("7 blocks, ").contains(" 0 faults");
  }

  @Test
  void mine_overAFaultyLine_triesAgainAndLosesNothing() throws Exception {
    List<Fault> transients =
        List.of(Fault.SLOW_DOWN, Fault.RESET, Fault.LOST_ANSWER, Fault.LATE_ANSWER);
    AtomicInteger requests = new AtomicInteger();
    Set<String> created = ConcurrentHashMap.newKeySet();
    line()
        .follow(
            request -> {
              if (request.onlyIfNew() && created.add(request.path())) {
                return Optional.of(Fault.LOST_ANSWER); // sent again, it finds what it has made
              }
              int number = requests.getAndIncrement();
              return number % 3 == 2
                  ? Optional.of(transients.get(number / 3 % transients.size()))
                  : Optional.empty();
            });
    succeed(start("local[2]", mine("hello", "--blocks", "2")));
    assertThat(created).as("made on condition").isNotEmpty();
    for (Fault fault : transients) {
      assertThat(line().happened(fault)).as(fault.name()).isPositive();
    }
    assertThat(s3.keys(bucket, "w/blocks/")).hasSize(3);
    assertThat(s3.keys(bucket, "w/searches/")).hasSize(2);
    assertThat(s3.keys(bucket, "w/_pending/")).isEmpty();
  }

  @Test
  void mine_withoutPermission_isRefusedInOneLine() throws Exception {
    line().follow(request -> Optional.of(Fault.FORBIDDEN));
    Submission.Ended ended = start("local[1]", mine("hello")).await();
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertOneLine(ended, "golden-nonce mine: the warehouse ", "Status Code: 403");
    assertThat(s3.keys(bucket, "")).isEmpty();
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
  void mine_outageForLong_isToldInOneLine() throws Exception {
    line().follow(request -> Optional.of(Fault.SLOW_DOWN));
    Submission.Ended ended =
        start(
                "local[1]",
                mine("hello"),
                "spark.hadoop.fs.s3a.attempts.maximum=1",
                "spark.hadoop.fs.s3a.retry.throttle.limit=2",
                "spark.hadoop.fs.s3a.retry.limit=2")
            .await();
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertOneLine(ended, "golden-nonce mine: the warehouse ", "503");
    assertThat(line().happened(Fault.SLOW_DOWN)).as("tried again").isGreaterThan(1);
  }

  @Test
  void settingsThatShip_haveNoCredentials() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content().doesNotContainPattern("(access|secret)[.]key|session[.]token");
      }
    }
  }

  private boolean hasKeptTwice() throws IOException, InterruptedException {
    return s3.keys(bucket, "w/ranges/").stream().anyMatch(key -> key.endsWith("02.parquet"));
  }

  private List<String> solve(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("solve", "--format", "pow", "--data", "COMSM0010cloud", "--difficulty", "27"));
    command.addAll(
        List.of("--skip", String.valueOf(NONCE + 1 - WORK), "--limit", String.valueOf(WORK + 1)));
    command.addAll(List.of("--result", "lowest", "--json", "--quiet"));
    command.addAll(List.of("-D", "search.checkpoint-interval=500ms"));
    command.addAll(List.of("-D", "search.range-time=250ms", "-D", "search.first-range=50000"));
    command.addAll(List.of(more));
    return command;
  }

  private static List<String> mine(String data, String... more) {
    List<String> command = new ArrayList<>(List.of("mine", "--data", data, "--difficulty", "12"));
    command.addAll(List.of("--json", "--quiet"));
    command.addAll(List.of(more));
    return command;
  }

  private static String id(JsonNode result) {
    return result.get("search_id").asText();
  }

  private Submission start(String master, List<String> program, String... settings)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--driver-memory", "512m"));
    options.addAll(
        List.of(
            "--driver-java-options",
            "-XX:+UseSerialGC -Dlog4j2.configurationFile="
                + ROOT.resolve("conf/log4j2.properties").toAbsolutePath()));
    List<String> all =
        new ArrayList<>(
            List.of(
                "spark.ui.enabled=false",
                "spark.hadoop.hadoop.tmp.dir=" + directory.resolve("hadoop"),
                "spark.hadoop.fs.s3a.endpoint=" + line().endpoint(),
                "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
                "spark.hadoop.fs.s3a.path.style.access=true"));
    all.addAll(List.of(settings));
    all.forEach(setting -> options.addAll(List.of("--conf", setting)));
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-c", ROOT.resolve("conf/s3.conf").toAbsolutePath().toString()));
    command.addAll(List.of("--warehouse", "s3a://" + bucket + "/w"));
    return Submission.start(
        home,
        master,
        directory,
        options,
        command,
        Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", SECRET));
  }

  private static Submission.Ended succeed(Submission submission) throws Exception {
    Submission.Ended ended = submission.await();
    assertThat(ended.code()).as(ended.err()).isZero();
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
