package io.goldennonce.monitor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Prometheus, and other programs of its family, on loopback and free ports. */
final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  /** Starts one with a configuration. */
  Prometheus(Path directory, String configuration) throws IOException, InterruptedException {
    require("prometheus", "prometheus");
    Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
    this.port = freePort();
    this.process =
        start(
            directory.resolve("prometheus.log"),
            "prometheus",
            "--config.file=" + file,
            "--web.listen-address=127.0.0.1:" + port,
            "--storage.tsdb.path=" + directory.resolve("data"));
    Await.until("Prometheus to be ready", () -> get("/-/ready").contains("Ready"));
  }

  /** Whether a program is there; a test is skipped with a reason where not, and fails in CI. */
  static void require(String program, String debianPackage) throws IOException {
    boolean isThere =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    assumeTrue(
        isThere || "true".equals(System.getenv("CI")),
        "apt-get install " + debianPackage + " to include it");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts a program whose output goes into a file. */
  static Process start(Path log, String... command) throws IOException {
    return start(Path.of("/dev/null"), log, command);
  }

  /** Starts a program that reads a file. */
  static Process start(Path input, Path log, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** What an expression gives now. */
  JsonNode query(String expression) {
    try {
      String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
      return JSON.readTree(get(path)).path("data").path("result");
    } catch (IOException e) {
      throw new AssertionError(expression, e);
    }
  }

  /** The names of the alerts that fire now. */
  List<String> firing() {
    try {
      return JSON
          .readTree(get("/api/v1/alerts"))
          .path("data")
          .path("alerts")
          .findParents("state")
          .stream()
          .filter(alert -> alert.path("state").asText().equals("firing"))
          .map(alert -> alert.path("labels").path("alertname").asText())
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String get(String path) {
    return get(client, port, path);
  }

  /** What a server on this machine answers; nothing while it does not. */
  static String get(HttpClient client, int port, String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    end(process);
  }
}
