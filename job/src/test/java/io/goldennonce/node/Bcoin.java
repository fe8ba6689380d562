package io.goldennonce.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Bitcoin node, bcoin, on a regtest chain of its own: it can be killed and started again.
 */
final class Bcoin implements AutoCloseable {
  static final String API_KEY = "key-of-the-real-node";

  private static final Path SOURCE =
      Path.of(System.getProperty("golden.nonce.root", ".."), "job/src/test/node");
  private static final Path INSTALLED =
      Path.of(System.getProperty("golden.nonce.root", ".."), "job/target/bitcoin-node");
  private static final int START_SECONDS = 60;

  private final Path directory;
  private final int port;
  private final JsonRpc rpc;
  private @Nullable Process process;

  private Bcoin(Path directory, int port) {
    this.directory = directory;
    this.port = port;
    this.rpc = new JsonRpc(BitcoinNode.url(url(port)), Credentials.of("x", API_KEY));
  }

  /** Starts one; where npm is missing the test is skipped with a reason, and fails in CI. */
  static Bcoin start(Path directory) throws IOException, InterruptedException {
    install();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Bcoin node = new Bcoin(directory, port);
    node.start();
    return node;
  }

  void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "node",
                INSTALLED.resolve("node_modules/bcoin/bin/node").toString(),
                "--network=regtest",
                "--memory=false",
                "--prefix=" + directory.resolve("chain"),
                "--listen=false",
                // It knows a peer of its own on regtest, which is not there.
                "--no-dns=true",
                "--max-outbound=1",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--api-key=" + API_KEY,
                "--no-wallet",
                "--workers=false",
                "--require-standard=false",
                "--log-level=info"));
    // Without the native code that its installation would have compiled.
    builder.environment().put("NODE_BACKEND", "js");
    Path log = directory.resolve("bcoin.log");
    process =
        builder
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        call("getblockcount");
        return;
      } catch (AssertionError e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new AssertionError("bcoin did not start: " + Files.readString(log), e);
        }
        Thread.sleep(100);
      }
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  String url() {
    return url(port);
  }

  long height() throws InterruptedException {
    return call("getblockcount").asLong();
  }

  JsonNode call(String method, Object... parameters) throws InterruptedException {
    try {
      return rpc.call(method, Duration.ofSeconds(30), StopSignal.never(), parameters);
    } catch (AwayException | RpcErrorException e) {
      throw new AssertionError(method + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static void install() throws IOException, InterruptedException {
    boolean ci = "true".equals(System.getenv("CI"));
    assumeTrue(ci || runs("npm", "--version"), "apt-get install npm to include bcoin");
    if (Files.exists(INSTALLED.resolve("installed"))) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(
          SOURCE.resolve(file),
          INSTALLED.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    boolean installed =
        runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    if (ci && !installed) {
      throw new AssertionError("npm ci failed in " + INSTALLED);
    }
    assumeTrue(installed, "npm could not install bcoin: is there a network?");
    Files.writeString(INSTALLED.resolve("installed"), "npm ci\n");
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      if (Files.isDirectory(INSTALLED)) {
        builder.directory(INSTALLED.toFile());
      }
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
