package io.goldennonce.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.cli.CliRun;
import io.goldennonce.node.FakeNode;
import io.goldennonce.node.FakeNode.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class WorkCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In every form that it takes on its way to the node. */
  private static final List<String> SECRETS =
      List.of(
          FakeNode.PASSWORD,
          Base64.getEncoder()
              .encodeToString(
                  (FakeNode.USER + ":" + FakeNode.PASSWORD).getBytes(StandardCharsets.UTF_8)));

  private final FakeNode node = FakeNode.start();
  private final Path directory;
  private final Path cookie;

  WorkCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.cookie =
        Files.writeString(
            directory.resolve(".cookie"), FakeNode.USER + ":" + FakeNode.PASSWORD + "\n");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void work_twoBlocks_printsThemAndKeepsThemAsSubmissions() throws IOException {
    CliRun run = work("--cookie", cookie.toString(), "--blocks", "2", "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).hasSize(2);
    JsonNode second = JSON.readTree(run.out().get(1));
    assertThat(second.fieldNames())
        .toIterable()
        .startsWith("network", "height", "hash", "verdict", "previous_hash", "merkle_root");
    assertThat(second.get("verdict").asText()).isEqualTo("accepted");
    assertThat(second.get("previous_hash")).isEqualTo(JSON.readTree(run.out().get(0)).get("hash"));
    assertThat(
            sql(
                "SELECT s.height, s.verdict FROM submissions s JOIN searches r"
                    + " ON s.search_id = r.search_id AND s.hash = r.hash ORDER BY s.height"))
        .containsExactly(
            "{\"height\":1,\"verdict\":\"accepted\"}", "{\"height\":2,\"verdict\":\"accepted\"}");
    assertThat(sql("SELECT * FROM blocks")).isEmpty();
    assertThat(sql("SELECT * FROM ranges")).isEmpty();
  }

  @Test
  void work_onProcessorsAndOnGpus_rollsTheVersion() throws IOException {
    node.withTemplate("bits", JSON.valueToTree("2000ffff"));

    assertThat(versions("auto")).anyMatch(version -> version != 0x2000_0000);
    assertThat(versions("gpu")).anyMatch(version -> version != 0x2000_0000);
  }

  private List<Integer> versions(String kernel) throws IOException {
    CliRun run =
        work("--cookie", cookie.toString(), "--blocks", "10", "--json", "--kernel", kernel);
    assertThat(run.out()).as(run.err().toString()).hasSize(10);
    List<Integer> versions = new ArrayList<>();
    for (String line : run.out()) {
      versions.add(JSON.readTree(line).get("version").asInt());
    }
    return versions;
  }

  @Test
  void work_wrongPassword_isRefusedInOneLineAndWritesNothing() throws IOException {
    Files.writeString(cookie, "miner:wr0ng-wr0ng");
    CliRun run = work("--cookie", cookie.toString(), "--blocks", "1");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .containsExactly(
            "golden-nonce work: "
                + node.url()
                + " refuses the credentials (HTTP 401); check that "
                + cookie
                + " is the cookie file of this node (--cookie)");
    assertThat(directory.resolve("warehouse")).doesNotExist();
  }

  @Test
  void work_ruleThatIsUnknown_failsInOneLine() throws IOException {
    node.withTemplate("rules", JSON.readTree("[\"!shiny\"]"));
    CliRun run = work("--cookie", cookie.toString(), "--blocks", "1");
    assertThat(run.code()).isEqualTo(ExitCode.FAILURE.code());
    assertThat(run.err()).singleElement().asString().contains("demands the rule !shiny");
  }

  @Test
  void work_nodeAwayUntilTheDeadline_tellsSoAndEndsWithIt() {
    node.close();
    CliRun run = work("--cookie", cookie.toString(), "--timeout", "1s");
    assertThat(run.code()).isEqualTo(ExitCode.DEADLINE.code());
    assertThat(run.err()).isNotEmpty().allMatch(line -> line.contains("connection refused"));
  }

  /** Everywhere that a run leaves words: its streams, its log, its event log, Spark's pages. */
  @Test
  void work_withASecret_leavesItNowhere() throws Exception {
    Path events = Files.createDirectory(directory.resolve("events"));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.eventLog.enabled", "true");
    settings.put("spark.eventLog.compress", "false");
    settings.put("spark.eventLog.dir", events.toUri().toString());
    settings.put("spark.ui.enabled", "true");
    int port = freePort();
    settings.put("spark.ui.port", String.valueOf(port));
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    // How a driver on YARN gets its environment.
    settings.put("spark.yarn.appMasterEnv." + NodeOptions.PASSWORD, FakeNode.PASSWORD);
    Path file =
        Files.writeString(
            directory.resolve("node.conf"),
            "golden-nonce.node { user = "
                + FakeNode.USER
                + ", password = \""
                + FakeNode.PASSWORD
                + "\" }\n");
    List<String> said = new ArrayList<>();

    settings.forEach(System::setProperty);
    try {
      // A while of real work, for Spark's pages …
      node.withTemplate("bits", JSON.valueToTree("1a00ffff"));
      CompletableFuture<CliRun> run =
          CompletableFuture.supplyAsync(
              () -> work("-c", file.toString(), "--blocks", "1", "--verbose"));
      String pages = pages("http://127.0.0.1:" + port);
      assertThat(pages).contains(NodeOptions.PASSWORD, "redacted");
      said.add(pages);
      node.withTemplate("bits", JSON.valueToTree("207fffff"));
      node.mine();
      CliRun ended = run.get();
      assertThat(ended.code()).isZero();
      said.add(ended.toString());
      // … and every kind of failure.
      node.fails(Fault.of(401, FakeNode.PASSWORD)).fails(Fault.of(500, FakeNode.PASSWORD));
      said.add(work("-c", file.toString(), "--verbose").toString());
      said.add(work("-c", file.toString(), "--timeout", "1s", "--verbose").toString());
      Files.writeString(file, "golden-nonce.node.password = [" + FakeNode.PASSWORD + "]");
      said.add(work("-c", file.toString(), "--verbose").toString());
    } finally {
      settings.keySet().forEach(System::clearProperty);
      System.setProperty("spark.ui.enabled", "false");
    }
    String logged = texts(events);
    assertThat(logged).contains("SparkListenerEnvironmentUpdate", NodeOptions.PASSWORD, "redacted");
    said.add(logged);
    said.add(texts(directory.resolve("warehouse")));

    assertThat(said).hasSize(7);
    for (String secret : SECRETS) {
      assertThat(said).noneMatch(text -> text.contains(secret));
    }
  }

  private static String pages(String ui) throws IOException, InterruptedException {
    String applications = get(ui + "/api/v1/applications");
    while (!applications.startsWith("[")) { // a page that asks for patience
      applications = get(ui + "/api/v1/applications");
    }
    String id = JSON.readTree(applications).path(0).path("id").asText();
    return get(ui + "/environment/")
        + get(ui + "/api/v1/applications/" + id + "/environment")
        + get(ui + "/jobs/");
  }

  private static String get(String url) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    while (true) {
      try {
        HttpResponse<String> page =
            http.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() == 200) {
          return page.body();
        }
      } catch (ConnectException e) {
        // It is starting.
      }
      Thread.sleep(20);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String texts(Path tree) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(tree)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return text.toString();
  }

  private List<String> sql(String query) {
    CliRun run =
        CliRun.of("sql", query, "--json", "--warehouse", directory.resolve("warehouse").toString());
    assertThat(run.code()).as(run.err().toString()).isZero();
    return run.out();
  }

  private CliRun work(String... more) {
    return CliRun.of(
        Stream.concat(
                Stream.of(
                    "work",
                    "--node",
                    node.url(),
                    "--payout",
                    "51",
                    "--quiet",
                    "--warehouse",
                    directory.resolve("warehouse").toString(),
                    "-D",
                    "node.longest-pause=100ms"),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
