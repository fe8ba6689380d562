package io.goldennonce.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.goldennonce.bitcoin.RawBlock;
import io.goldennonce.pow.Hash256;
import io.goldennonce.testing.LoopbackServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A Bitcoin node on loopback that answers as Bitcoin Core does, and breaks when it is told to. */
public final class FakeNode implements AutoCloseable {
  public static final String USER = "miner";
  public static final String PASSWORD = "correct-horse-battery";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
  private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
  private final List<Hash256> chain = new CopyOnWriteArrayList<>();
  private final ObjectNode extra = JSON.createObjectNode();
  private final LoopbackServer server;

  private volatile String network = "regtest";
  private volatile long parentTime;
  private volatile boolean longPolling = true;
  private volatile @Nullable String refusal;
  private volatile boolean takesBlocks = true;
  private final Map<String, Fault> methodFaults = new ConcurrentHashMap<>();
  private volatile Action onRefused = () -> {};

  /** Something that a test does in the meantime. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /** What goes wrong with one answer. */
  @FunctionalInterface
  public interface Fault {
    /** Answers in place of the node. */
    void answer(HttpExchange exchange) throws IOException, InterruptedException;

    /** A status and a body. */
    static Fault of(int status, String body) {
      return exchange -> send(exchange, status, body);
    }

    /** A JSON-RPC error. */
    static Fault error(int code, String message) {
      return of(
          500,
          JSON.createObjectNode()
              .putNull("result")
              .put("id", 1)
              .set("error", JSON.createObjectNode().put("code", code).put("message", message))
              .toString());
    }

    /** Fewer bytes than were promised. */
    static Fault halfABody() {
      return exchange -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange
            .getResponseBody()
            .write("{\"result\":{\"chain\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
      };
    }

    /** An answer that begins and does not go on. */
    static Fault slow(long millis) {
      return exchange -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        Thread.sleep(millis);
        exchange.close();
      };
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private FakeNode() {
    chain.add(Hash256.sha256d("genesis".getBytes(StandardCharsets.UTF_8)));
    server = new LoopbackServer(this::handle);
  }

  public static FakeNode start() {
    return new FakeNode();
  }

  public String url() {
    return server.url();
  }

  /** Answers the next call in another way. */
  public FakeNode fails(Fault fault) {
    faults.add(fault);
    return this;
  }

  /** Answers every call of a method in another way. */
  FakeNode fails(String method, Fault fault) {
    methodFaults.put(method, fault);
    return this;
  }

  /** Does something before it refuses credentials. */
  FakeNode onRefusedCredentials(Action action) {
    onRefused = action;
    return this;
  }

  FakeNode withoutLongPolling() {
    longPolling = false;
    return this;
  }

  /** Gives templates another field, or a field another value. */
  public synchronized FakeNode withTemplate(String field, JsonNode value) {
    extra.set(field, value);
    return this;
  }

  /** The time of every block, in seconds since 1970. */
  FakeNode parentAt(long time) {
    parentTime = time;
    return this;
  }

  FakeNode on(String otherNetwork) {
    network = otherNetwork;
    return this;
  }

  /** Refuses blocks with these words; null takes them. */
  FakeNode refuses(@Nullable String reason) {
    refusal = reason;
    return this;
  }

  /** Takes a block in without putting it on top of its best chain. */
  FakeNode keepsBlocksAside() {
    takesBlocks = false;
    return this;
  }

  /** Another miner's block. */
  public void mine() {
    grow(Hash256.sha256d(("other " + chain.size()).getBytes(StandardCharsets.UTF_8)));
  }

  Hash256 tip() {
    return chain.get(chain.size() - 1);
  }

  /** The parameters of all calls of a method, as arrays. */
  public List<JsonNode> calls(String method) {
    return calls.stream()
        .filter(call -> call.path("method").asText().equals(method))
        .map(call -> call.path("params"))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized void grow(Hash256 block) {
    chain.add(block);
    notifyAll();
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    JsonNode call = JSON.readTree(exchange.getRequestBody());
    calls.add(call);
    Fault fault = faults.poll();
    if (fault != null) {
      fault.answer(exchange);
    } else if (!authorized(exchange)) {
      onRefused.run();
      Fault.of(401, "").answer(exchange);
    } else {
      Fault always = methodFaults.get(call.path("method").asText());
      if (always == null) {
        answer(exchange, call);
      } else {
        always.answer(exchange);
      }
    }
  }

  private static boolean authorized(HttpExchange exchange) {
    String expected =
        Base64.getEncoder()
            .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void answer(HttpExchange exchange, JsonNode call)
      throws IOException, InterruptedException {
    JsonNode parameters = call.path("params");
    switch (call.path("method").asText()) {
      case "getblockchaininfo" -> result(exchange, JSON.createObjectNode().put("chain", network));
      case "getbestblockhash" -> result(exchange, JSON.valueToTree(tip().toDisplay()));
      case "getblockhash" -> {
        int height = parameters.path(0).asInt();
        if (height < chain.size()) {
          result(exchange, JSON.valueToTree(chain.get(height).toDisplay()));
        } else {
          Fault.error(-8, "Block height out of range").answer(exchange);
        }
      }
      case "getblockheader" -> result(exchange, JSON.createObjectNode().put("time", parentTime));
      case "getblocktemplate" -> {
        await(parameters.path(0).path("longpollid").asText(""));
        result(exchange, template());
      }
      case "submitblock" -> {
        String reason = refusal;
        if (reason == null && takesBlocks) {
          grow(RawBlock.parse(parameters.path(0).asText()).header().hash());
        }
        result(exchange, reason == null ? JSON.nullNode() : JSON.valueToTree(reason));
      }
      default -> Fault.error(-32601, "Method not found").answer(exchange);
    }
  }

  private synchronized void await(String longPollId) throws InterruptedException {
    while (tip().toDisplay().equals(longPollId)) {
      wait();
    }
  }

  private synchronized JsonNode template() {
    ObjectNode template =
        JSON.createObjectNode()
            .put("version", 0x2000_0000)
            .put("previousblockhash", tip().toDisplay())
            .put("coinbasevalue", 5_000_000_000L)
            .put("mintime", 1_700_000_000)
            .put("curtime", System.currentTimeMillis() / 1_000)
            .put("bits", "207fffff")
            .put("height", chain.size());
    template.putArray("rules").add("csv").add("!segwit").add("taproot");
    template.putArray("transactions");
    template.putObject("coinbaseaux");
    template.put(
        "default_witness_commitment",
        // Of a block without transactions: bcoin's answer on regtest at height 1.
        "6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9");
    if (longPolling) {
      template.put("longpollid", tip().toDisplay());
    }
    return template.setAll(extra);
  }

  private static void result(HttpExchange exchange, JsonNode result) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("result", result);
    answer.putNull("error").put("id", 1);
    try {
      Fault.of(200, answer.toString()).answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
