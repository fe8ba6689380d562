package io.goldennonce.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.goldennonce.testing.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Stands before a real node and makes its templates hard, or holds blocks back. */
final class NodeProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A node answers nothing to an offer of HTTP/2. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final CountDownLatch submitted = new CountDownLatch(1);
  private final CountDownLatch polled = new CountDownLatch(1);
  private final URI node;
  private volatile @Nullable String bits;
  private final boolean holdsBlocks;
  private final LoopbackServer server;

  /**
   * @param bits what templates ask for; null for what the node does
   * @param holdsBlocks whether to hang on {@code submitblock}
   */
  NodeProxy(String node, @Nullable String bits, boolean holdsBlocks) {
    this.node = URI.create(node);
    this.bits = bits;
    this.holdsBlocks = holdsBlocks;
    this.server = new LoopbackServer(this::handle);
  }

  String url() {
    return server.url();
  }

  /** Waits until a block is on its way. */
  void awaitBlock() throws InterruptedException {
    submitted.await();
  }

  /** Waits until the node has been asked for news of its tip: a search is under way. */
  void awaitLongPoll() throws InterruptedException {
    polled.await();
  }

  /** From now on templates ask for what the node does. */
  void relax() {
    bits = null;
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] call = exchange.getRequestBody().readAllBytes();
    JsonNode asked = JSON.readTree(call);
    String method = asked.path("method").asText();
    if (asked.path("params").path(0).has("longpollid")) {
      polled.countDown();
    }
    if (holdsBlocks && method.equals("submitblock")) {
      submitted.countDown();
      Thread.sleep(Long.MAX_VALUE);
    }
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(node)
                .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    byte[] body = response.body();
    String harder = bits;
    if (harder != null && method.equals("getblocktemplate")) {
      JsonNode answer = JSON.readTree(body);
      if (answer.path("result") instanceof ObjectNode template) {
        template.put("bits", harder);
      }
      body = JSON.writeValueAsBytes(answer);
    }
    exchange.sendResponseHeaders(response.statusCode(), body.length);
    exchange.getResponseBody().write(body);
  }
}
