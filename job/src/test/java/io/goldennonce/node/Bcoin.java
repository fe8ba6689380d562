package io.goldennonce.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.NpmProject;
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
public final class Bcoin implements AutoCloseable {
  public static final String API_KEY = "key-of-the-real-node";

  private static final NpmProject BCOIN = new NpmProject("node", "bitcoin-node");
  private static final int START_SECONDS = 300;

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
  public static Bcoin start(Path directory) throws IOException, InterruptedException {
    BCOIN.install();
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
                BCOIN.directory().resolve("node_modules/bcoin/bin/node").toString(),
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

  public int port() {
    return port;
  }

  String url() {
    return url(port);
  }

  public long height() throws InterruptedException {
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
}
