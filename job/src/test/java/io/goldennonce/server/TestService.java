package io.goldennonce.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A service on a chain and a pool in memory, and bytes sent to it as no well-behaved client sends
 * them.
 */
final class TestService implements AutoCloseable {
  static final Instant START = Instant.ofEpochSecond(1_800_000_000);
  static final int MAX_WAITING = 3;

  private static final Set<String> NAMES = Set.of("Miners.Example");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCK_TRANSACTIONS = 2;

  final HandClock clock = new HandClock(START);
  final MemoryChain chain = new MemoryChain();
  final Map<String, Transaction> pool = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<String> told = new CopyOnWriteArrayList<>();
  private final WorkServer server;
  private final ServerBackend backend;
  private EventLog log = events -> {};

  /** What came back. */
  record Answer(int status, String text) {
    JsonNode json() {
      try {
        return JSON.readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TestService(WorkServer.Access access) throws IOException {
    backend =
        new ServerBackend(
            chain,
            parent -> pool.values().stream().limit(BLOCK_TRANSACTIONS).toList(),
            pool::size,
            MAX_WAITING,
            Blocks.EASY,
            "server",
            this::log,
            (name, added) -> pool.putIfAbsent(name, added.get(0)) == null,
            200);
    server =
        WorkServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            backend,
            access,
            clock,
            told::add);
  }

  static TestService start() throws IOException {
    return start(null, null, WorkServer.Access.SLOWEST);
  }

  /** One that serves the page that mines. */
  static TestService withPage(@Nullable String token) throws IOException {
    return new TestService(
        new WorkServer.Access(NAMES, token, null, WorkServer.Access.SLOWEST, true));
  }

  static TestService start(@Nullable String token, @Nullable SSLContext tls, Duration slowest)
      throws IOException {
    return new TestService(new WorkServer.Access(NAMES, token, tls, slowest, false));
  }

  private void log(List<ChainEvent> events) {
    log.append(events);
  }

  /** From now on events are kept there. */
  void logTo(EventLog other) {
    log = other;
  }

  ServerBackend backend() {
    return backend;
  }

  URI uri() {
    return server.uri();
  }

  /** A connection on which nothing was sent yet. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Sends one request, with the headers that are given and no others. */
  Answer send(String firstLine, String body, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(firstLine + " HTTP/1.1\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    try (Socket socket = connect()) {
      socket.getOutputStream().write((request + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(Integer.parseInt(text.split(" ", 3)[1]), text);
    }
  }

  Answer get(String path) throws IOException {
    return send("GET " + path, "", "Host: localhost:" + uri().getPort());
  }

  Answer post(String path, String body) throws IOException {
    return send("POST " + path, body, "Host: localhost", "Content-Type: application/json");
  }

  /** Solves work with a timestamp and hands it in. */
  Answer solve(JsonNode work, long timestamp) throws IOException {
    return post("/work", solution(work, timestamp));
  }

  static String solution(JsonNode work, long timestamp) {
    BlockHeader header = BlockHeader.ofHex(work.get("header").asText()).withTime(timestamp);
    long nonce = 0;
    while (!header.withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    return JSON.createObjectNode()
        .put("id", work.get("id").asText())
        .put("nonce", nonce)
        .put("timestamp", timestamp)
        .toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
