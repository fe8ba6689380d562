package io.goldennonce.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reference service over HTTP: reads requests, asks its desks, writes their replies. */
public final class WorkServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A solution has three fields. */
  private static final int MAX_SOLUTION = 4096;

  private static final int MAX_MINER = 100;
  private static final int THREADS = 8;

  /**
   * What the service is about.
   *
   * @param blocks where the chain is
   * @param contents the transactions of the block after a parent
   * @param bits the target of each block, where the chain's rules don't give it
   * @param miner who mines where a request does not say so
   * @param log keeps what happens to the chain
   * @param pool keeps transactions under a name, unless there is such a name already: then false
   * @param maxTransaction the most bytes of a transaction's record
   */
  public record Books(
      BlockStore blocks,
      Function<@Nullable ChainTip, List<Transaction>> contents,
      CompactBits bits,
      String miner,
      EventLog log,
      BiPredicate<String, List<Transaction>> pool,
      int maxTransaction) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Books books;
  private final BlockDesk blocks;
  private final TransactionDesk transactions;
  private final Consumer<String> tell;

  private WorkServer(HttpServer http, Books books, Consumer<String> tell) {
    this.http = http;
    this.books = books;
    this.tell = tell;
    this.blocks =
        new BlockDesk(
            books.blocks(), books.contents(), books.bits(), books.log(), Clock.systemUTC());
    this.transactions = new TransactionDesk(books.pool());
    http.createContext("/", this::handle);
    http.setExecutor(threads);
  }

  /**
   * Starts one.
   *
   * @param address port 0 for any that is free
   * @param tell takes a line for whoever runs the service
   * @throws IOException if it can't listen there
   */
  public static WorkServer start(InetSocketAddress address, Books books, Consumer<String> tell)
      throws IOException {
    WorkServer server = new WorkServer(HttpServer.create(address, 0), books, tell);
    server.http.start();
    return server;
  }

  /** Where it listens. */
  public URI uri() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (RuntimeException e) {
        // The storage, most likely: the client keeps what it has, and tries again.
        tell.accept("a request failed: " + e);
        reply = Reply.error(500, "the service failed; its own log says why");
      }
      send(exchange, reply);
    }
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
    String miner = miner(exchange.getRequestURI().getRawQuery());
    if (miner.length() > MAX_MINER) {
      return Reply.error(400, "'miner' must have at most " + MAX_MINER + " characters");
    }
    return blocks.offer(miner, exchange.getRequestHeaders().getFirst("If-None-Match"));
  }

  private String miner(@Nullable String query) {
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      if (pair.startsWith("miner=")) {
        String miner = URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8);
        return miner.isEmpty() ? books.miner() : miner;
      }
    }
    return books.miner();
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
    return blocks.take(
        id.textValue(), json.get("nonce").longValue(), json.get("timestamp").longValue());
  }

  private static Reply incomplete(String reason) {
    return Reply.answer(400, "incomplete", reason);
  }

  private Reply transaction(HttpExchange exchange) throws IOException {
    int limit = books.maxTransaction();
    byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
    if (body.length > limit) {
      return Reply.answer(413, "refused", "a record must have at most " + limit + " bytes");
    }
    try {
      return transactions.take(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
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
