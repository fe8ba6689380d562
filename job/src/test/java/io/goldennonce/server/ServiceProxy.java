package io.goldennonce.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.goldennonce.node.FakeNode.Fault;
import io.goldennonce.testing.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands before a work service: fails, makes work harder, or holds solutions back. */
final class ServiceProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TAG = "If-None-Match";
  private static final long TICK_MILLIS = 5;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deque<Fault> offerFaults = new ConcurrentLinkedDeque<>();
  private final Deque<Fault> solutionFaults = new ConcurrentLinkedDeque<>();
  private final AtomicInteger passes = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger offers = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final List<String> solutions = new CopyOnWriteArrayList<>();
  private final URI service;
  private final LoopbackServer server;
  private volatile @Nullable String bits;

  ServiceProxy(URI service) {
    this.service = service;
    this.server = new LoopbackServer(this::handle);
  }

  URI uri() {
    return URI.create(server.url() + "/");
  }

  /** Answers the next request for work in another way. */
  ServiceProxy failsOffer(Fault fault) {
    offerFaults.add(fault);
    return this;
  }

  /** Answers the next solution in another way. */
  ServiceProxy failsSolution(Fault fault) {
    solutionFaults.add(fault);
    return this;
  }

  /**
   * From now on work asks for another target.
   *
   * @param target compact; null for what the service asks for
   */
  void asksFor(@Nullable String target) {
    bits = target;
  }

  /** Forwards N solutions, and answers no later ones. */
  void passesSolutions(int count) {
    passes.set(count);
  }

  /** Waits until N pieces of work were issued, not counting polls for news. */
  void awaitOffers(int count) throws InterruptedException {
    while (offers.get() < count) {
      Thread.sleep(TICK_MILLIS);
    }
  }

  /** Waits until a solution is held back. */
  void awaitHeldSolution() throws InterruptedException {
    while (held.get() == 0) {
      Thread.sleep(TICK_MILLIS);
    }
  }

  /** The solutions that came here, as they were written. */
  List<String> solutions() {
    return List.copyOf(solutions);
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    boolean post = exchange.getRequestMethod().equals("POST");
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (post) {
      solutions.add(new String(body, StandardCharsets.UTF_8));
    }
    Fault fault = (post ? solutionFaults : offerFaults).poll();
    if (fault != null) {
      fault.answer(exchange);
    } else if (post && passes.getAndDecrement() <= 0) {
      held.incrementAndGet();
      Thread.sleep(Long.MAX_VALUE);
    } else {
      pass(exchange, post, body);
    }
  }

  private void pass(HttpExchange exchange, boolean post, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                post
                    ? HttpRequest.BodyPublishers.ofByteArray(body)
                    : HttpRequest.BodyPublishers.noBody());
    request.header("Content-Type", "application/json");
    String tag = exchange.getRequestHeaders().getFirst(TAG);
    if (tag != null) {
      request.header(TAG, tag);
    }
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    response
        .headers()
        .firstValue("ETag")
        .ifPresent(value -> exchange.getResponseHeaders().set("ETag", value));
    byte[] answer = post ? response.body() : harder(response);
    exchange.sendResponseHeaders(response.statusCode(), answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    if (!post && tag == null) {
      offers.incrementAndGet();
    }
  }

  private byte[] harder(HttpResponse<byte[]> response) throws IOException {
    String target = bits;
    return target != null && response.statusCode() == 200
        ? JSON.writeValueAsBytes(((ObjectNode) JSON.readTree(response.body())).put("bits", target))
        : response.body();
  }
}
