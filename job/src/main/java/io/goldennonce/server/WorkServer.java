package io.goldennonce.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The reference service over HTTP: reads requests and writes the replies. Requests are limited in
 * size and time.
 */
public final class WorkServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A solution has three fields. */
  private static final int MAX_SOLUTION = 4096;

  static {
    // The JDK has no limits by default. It reads these once, with the first server.
    setIfUnset("sun.net.httpserver.maxReqTime", "30"); // seconds; also for idle new connections
    setIfUnset("sun.net.httpserver.maxRspTime", "30");
    setIfUnset("sun.net.httpserver.maxReqHeaders", "50");
    setIfUnset("jdk.httpserver.maxConnections", "2000");
    // An answer is written in two pieces; with Nagle's algorithm the second waits 40 ms.
    setIfUnset("sun.net.httpserver.nodelay", "true");
  }

  /**
   * Access control of a service.
   *
   * @param names host names by which clients may call, besides localhost and this machine's name
   * @param token the token for writing; null if none is needed
   * @param tls the TLS settings; null for plain HTTP
   * @param slowest how long a client may take to send its request, and to receive the answer
   * @param page whether browsers are served the page that mines
   */
  public record Access(
      Set<String> names,
      @Nullable String token,
      @Nullable SSLContext tls,
      Duration slowest,
      boolean page) {

    /** Enough for a client on a bad connection. */
    public static final Duration SLOWEST = Duration.ofSeconds(10);
  }

  private final HttpServer http;
  private final RequestThreads threads;
  private final ServerBackend backend;
  private final RequestGuard guard;
  private final WorkIssuer issuer;
  private final TransactionEndpoint transactions;
  private final Consumer<String> report;

  private WorkServer(
      HttpServer http, ServerBackend backend, Access access, Clock clock, Consumer<String> report) {
    this.http = http;
    this.backend = backend;
    this.report = report;
    this.threads = new RequestThreads(access.slowest());
    this.guard =
        new RequestGuard(
            RequestGuard.namesOf(access.names(), RequestGuard.hostName()),
            access.token(),
            access.page());
    this.issuer = new WorkIssuer(backend, clock, report);
    this.transactions = new TransactionEndpoint(backend, issuer);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
  }

  /**
   * Starts a service.
   *
   * @param address where to listen; port 0 for any free port
   * @param report receives lines for the operator
   * @throws IOException if it can't listen at the address
   */
  public static WorkServer start(
      InetSocketAddress address, ServerBackend backend, Access access, Consumer<String> report)
      throws IOException {
    return start(address, backend, access, Clock.systemUTC(), report);
  }

  static WorkServer start(
      InetSocketAddress address,
      ServerBackend backend,
      Access access,
      Clock clock,
      Consumer<String> report)
      throws IOException {
    HttpServer http;
    if (access.tls() == null) {
      http = HttpServer.create(address, 0);
    } else {
      HttpsServer https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(access.tls()));
      http = https;
    }
    WorkServer server = new WorkServer(http, backend, access, clock, report);
    http.start();
    return server;
  }

  private static void setIfUnset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** The service's address. */
  public URI uri() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "%s://%s:%s"
            .formatted(
                http instanceof HttpsServer ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                address.getPort()));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Reply> refusal = guard.refusal(exchange);
      if (refusal.isPresent()) {
        send(exchange, refusal.get());
      } else if (guard.page() && MiningPage.isAskedFor(exchange)) {
        MiningPage.send(exchange);
      } else {
        send(exchange, reply(exchange));
      }
    }
  }

  private Reply answer(Supplier<Reply> reply) {
    return RequestThreads.unlimited(
        () -> {
          try {
            return reply.get();
          } catch (RuntimeException e) {
            // The storage, most likely: the client can try again.
            report.accept("a request failed: " + e);
            return Reply.error(500, "the service failed; see its log");
          }
        });
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    return switch (path + " " + method) {
      case "/work GET" -> offer(exchange);
      case "/work POST" -> solution(exchange);
      case "/transactions POST" -> transaction(exchange);
      default ->
          path.equals("/work") || path.equals("/transactions")
              ? Reply.error(405, path + " does not take " + method)
              : Reply.error(404, "there is /work and /transactions");
    };
  }

  private Reply offer(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    String miner;
    try {
      miner = MinerName.of(query == null ? "" : query, backend.miner());
    } catch (IllegalArgumentException e) {
      return Reply.error(400, String.valueOf(e.getMessage()));
    }
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    return answer(() -> issuer.offer(miner, known));
  }

  private Reply solution(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_SOLUTION + 1);
    if (body.length > MAX_SOLUTION) {
      return Reply.error(413, "a solution must have at most " + MAX_SOLUTION + " bytes");
    }
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return incomplete("a solution must be a JSON object");
    }
    JsonNode id = json.path("id");
    if (!id.isTextual()) {
      return incomplete("'id' must be the work's, a text");
    }
    for (String field : List.of("nonce", "timestamp")) {
      JsonNode value = json.path(field);
      if (!value.isIntegralNumber() || !value.canConvertToLong()) {
        return incomplete("'" + field + "' must be a whole number");
      }
    }
    long nonce = json.get("nonce").longValue();
    long timestamp = json.get("timestamp").longValue();
    return answer(() -> issuer.take(id.textValue(), nonce, timestamp));
  }

  private static Reply incomplete(String reason) {
    return Reply.answer(400, "incomplete", reason);
  }

  private Reply transaction(HttpExchange exchange) throws IOException {
    int limit = backend.maxTransaction();
    byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
    if (body.length > limit) {
      return Reply.answer(413, "refused", "a record must have at most " + limit + " bytes");
    }
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return answer(() -> transactions.take(line));
    } catch (CharacterCodingException e) {
      return Reply.answer(422, "refused", "a record must be UTF-8, got other bytes");
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.tag() != null) {
      exchange.getResponseHeaders().set("ETag", reply.tag());
    }
    if (reply.body() == null) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = JSON.writeValueAsBytes(reply.body());
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
