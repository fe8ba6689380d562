package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** conf/secure.conf on a standalone cluster, as its head says to use it. */
@Tag("full")
class SecureIT {
  private static final String SECRET = "s" + UUID.randomUUID();
  private static final String REDACTED = "*********(redacted)";
  private static final Pattern LIVE_PAGE = Pattern.compile("live page: http://[^/]+:(\\d+)/");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared = Path.of("set by JUnit");
  private static @Nullable StandaloneCluster started;

  private final HttpClient http = HttpClient.newHttpClient();
  private final StandaloneCluster cluster = Objects.requireNonNull(started);
  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeAll
  static void startCluster() throws Exception {
    started =
        StandaloneCluster.start(
            SparkHome.embedded(), shared.resolve("cluster"), 1, with(SECRET, shared));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void secureConf_onAStandaloneCluster_letsInOnlyWhoKnowsTheSecretAndShowsItNowhere()
      throws Exception {
    int before = cluster.applications();
    Path events = Files.createDirectories(directory.resolve("events"));
    Submission.Ended ended =
        submit(
                with(SECRET, directory),
                Puzzle.SMALL.alone(),
                "--conf=spark.eventLog.enabled=true",
                "--conf=spark.eventLog.compress=false",
                "--conf=spark.eventLog.dir=" + events.toUri())
            .await();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.json().get("nonce").asLong()).isEqualTo(Puzzle.SMALL.nonce());
    assertThat(texts(events))
        .contains("\"spark.authenticate.secret\":\"" + REDACTED)
        .contains("\"spark.network.crypto.enabled\":\"true\"")
        .doesNotContain(SECRET);
    assertThat(ended.err()).doesNotContain(SECRET);
    assertThat(texts(shared.resolve("cluster"))).doesNotContain(SECRET);
    assertThat(cluster.applications()).isEqualTo(before + 1);

    assertRefused(with("s" + UUID.randomUUID(), Files.createDirectory(directory.resolve("wrong"))));
    assertRefused(Files.createFile(directory.resolve("empty.conf")));
    assertThat(cluster.applications()).as("neither got in").isEqualTo(before + 1);
  }

  @Test
  void ui_withAFilterThatNamesUsers_showsAndObeysOnlyThoseOfTheLists() throws Exception {
    Path status = directory.resolve("status.json");
    Submission search =
        submit(
            with(SECRET, directory),
            solve(
                "200",
                "--status",
                status.toString(),
                "--kernel",
                "message-digest",
                "-D",
                "search.range-time=10m",
                // A job that lasts: half of the nonces a task.
                "-D",
                "search.first-range=2147483648"),
            "--driver-class-path=" + compiledFilter(),
            "--conf=spark.ui.enabled=true",
            "--conf=spark.ui.port=0",
            "--conf=spark.ui.filters=NamedByProxy",
            "--conf=spark.ui.killEnabled=true",
            "--conf=spark.ui.view.acls=viewer,operator",
            "--conf=spark.modify.acls=operator");
    try {
      awaitWork(search, status, 0);
      Matcher livePage = LIVE_PAGE.matcher(search.err());
      assertThat(livePage.find()).as(search.err()).isTrue();
      int port = Integer.parseInt(livePage.group(1));
      for (String page : List.of("/mining/", "/jobs/", "/api/v1/applications", "/environment/")) {
        assertThat(get(port, page, "viewer").statusCode()).as(page).isEqualTo(200);
        assertThat(get(port, page, "stranger").statusCode()).as(page).isEqualTo(403);
        assertThat(get(port, page, "").statusCode()).as(page).isEqualTo(401);
      }
      // What the environment page shows comes from here.
      assertThat(get(port, application(port) + "/environment", "viewer").body())
          .contains("\"spark.authenticate.secret\", \"" + REDACTED)
          .doesNotContain(SECRET);

      int job = runningJob(port);
      String kill = "/jobs/job/kill/?id=" + job;
      assertThat(get(port, kill, "stranger").statusCode()).isEqualTo(403);
      get(port, kill, "viewer");
      awaitWork(search, status, ClusterRuns.tried(status));
      assertThat(runningJob(port)).as("a viewer may not kill it").isEqualTo(job);

      get(port, kill, "operator");
      Submission.Ended ended = search.await();
      assertThat(ended.code()).as(ended.err()).isEqualTo(4);
      assertThat(ended.err())
          .contains("golden-nonce solve: ")
          .contains("Job " + job + " cancelled");
    } finally {
      search.kill();
    }
  }

  private static void awaitWork(Submission search, Path status, long more) throws Exception {
    Await.until("hashes", () -> ClusterRuns.tried(status) > more || !search.isAlive());
    assertThat(search.isAlive()).as(search.err()).isTrue();
  }

  /** Its address in Spark's REST interface. */
  private String application(int port) throws Exception {
    String all = "/api/v1/applications";
    return all + "/" + JSON.readTree(get(port, all, "viewer").body()).path(0).path("id").asText();
  }

  private int runningJob(int port) throws Exception {
    String jobs = get(port, application(port) + "/jobs?status=running", "viewer").body();
    return JSON.readTree(jobs).path(0).path("jobId").asInt(-1);
  }

  /** Asks the UI as a proxy does for a user; with no name where it is empty. */
  private HttpResponse<String> get(int port, String path, String user) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!user.isEmpty()) {
      request.header("X-Forwarded-User", user);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Where the filter's class lies, made for the servlets of this Spark. */
  private Path compiledFilter() throws Exception {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d",
                classes.toString(),
                "-cp",
                cluster.home().resolve("jars") + "/*",
                SparkHome.root().resolve("job/src/test/ui/NamedByProxy.java").toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isZero();
    return classes;
  }

  private void assertRefused(Path settings) throws Exception {
    Submission client = submit(settings, solve("18"));
    try {
      // Spark tries three times in a minute before it gives up; the first shows it all.
      Await.until(
          "the refusal",
          () -> client.err().contains("Failed to connect to master") || !client.isAlive());
      assertThat(client.err()).contains("Failed to connect to master");
    } finally {
      client.kill();
    }
  }

  private Submission submit(Path settings, List<String> program, String... options)
      throws IOException, InterruptedException {
    Master master =
        Master.of(
            "secure standalone",
            5,
            Map.of(),
            cluster.url(),
            "client",
            Stream.concat(
                    Stream.of("--properties-file=" + settings, "--executor-memory=512m"),
                    Stream.of(options))
                .toArray(String[]::new));
    return master.quick().start(directory, program);
  }

  private static List<String> solve(String difficulty, String... more) {
    return Stream.concat(
            Stream.of("solve", "--format", "pow", "--data", "COMSM0010cloud", "--json"),
            Stream.concat(Stream.of("--difficulty", difficulty), Stream.of(more)))
        .toList();
  }

  /** The overlay with a secret of one's own. */
  private static Path with(String secret, Path directory) throws IOException {
    String overlay = Files.readString(SparkHome.root().resolve("conf/secure.conf"));
    return Files.writeString(
        directory.resolve("secure-here.conf"),
        overlay + "spark.authenticate.secret " + secret + "\n");
  }

  private static String texts(Path directory) throws IOException {
    StringBuilder texts = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts.toString();
  }
}
