package io.goldennonce.s3;

import io.goldennonce.cluster.SparkHome;
import java.io.IOException;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adobe's S3Mock, a process on loopback: it honours conditions, and checks no signature. */
final class S3Mock implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private S3Mock(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one, and waits until it answers. */
  static S3Mock start(Path directory) throws IOException, InterruptedException {
    int port = freePort();
    Files.createDirectories(directory.resolve("s3mock"));
    Path log = directory.resolve("s3mock.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("golden.nonce.s3mock", "run mvn verify"),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--server.ssl.enabled=false",
                "--spring.main.sources="
                    + SparkHome.root().resolve("job/src/test/s3/s3mock.xml").toUri(),
                "--spring.main.allow-bean-definition-overriding=true",
                "--com.adobe.testing.s3mock.store.root=" + directory.resolve("s3mock"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    S3Mock mock = new S3Mock(process, port);
    long startedAt = System.nanoTime();
    while (!mock.answers()) {
      if (!process.isAlive() || System.nanoTime() - startedAt > PATIENCE_NANOS) {
        process.destroyForcibly();
        throw new AssertionError("S3Mock did not start; it said: " + Files.readString(log));
      }
      Thread.sleep(100);
    }
    return mock;
  }

  int port() {
    return port;
  }

  void createBucket(String bucket) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(HttpRequest.newBuilder(uri(bucket)).PUT(HttpRequest.BodyPublishers.noBody()));
    if (answer.statusCode() != 200) {
      throw new AssertionError("no bucket: " + new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  /** The keys of a bucket's files that begin so, of up to 1000. */
  List<String> keys(String bucket, String prefix) throws IOException, InterruptedException {
    Matcher matcher =
        KEY.matcher(
            new String(
                send(HttpRequest.newBuilder(uri(bucket + "?list-type=2&prefix=" + prefix))).body(),
                StandardCharsets.UTF_8));
    List<String> keys = new ArrayList<>();
    while (matcher.find()) {
      // S3A's marks of directories end so.
      if (!matcher.group(1).endsWith("/")) {
        keys.add(matcher.group(1));
      }
    }
    return keys;
  }

  /** An object, its bytes as Latin-1. */
  String object(String bucket, String key) throws IOException, InterruptedException {
    return new String(
        send(HttpRequest.newBuilder(uri(bucket + "/" + key))).body(), StandardCharsets.ISO_8859_1);
  }

  private boolean answers() throws InterruptedException {
    try {
      return send(HttpRequest.newBuilder(uri(""))).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + "/" + path);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
