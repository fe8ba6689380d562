package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An honest miner beside 200 slow connections and 2,000 bad requests, all on loopback, must not
 * lose a block. {@code -Dgolden.nonce.load=10000} repeats the measurement of {@code
 * docs/work-service.md}.
 */
@Tag("full")
class WorkServerLoadTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SLOW = 200;
  private static final int BAD = Integer.getInteger("golden.nonce.load", 2_000);
  private static final int THREADS = 4;
  private static final int BLOCKS = BAD / 100;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

  @Test
  void miner_amongSlowAndBadClients_losesNothing() throws Exception {
    try (TestService service = TestService.start(null, null, Duration.ofSeconds(10))) {
      List<Long> alone = mine(service);
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        Socket socket = service.connect();
        socket.getOutputStream().write(half(i).getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        long start = System.nanoTime();
        List<Future<Void>> bad = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          bad.add(threads.submit(sendBad(service.uri())));
        }
        List<Long> among = mine(service);
        for (Future<Void> done : bad) {
          done.get();
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.out.printf(
            "load test: %d bad requests in %.1f s (%.0f per second), answers %s; a block of the"
                + " honest miner took %.1f ms alone, %.1f ms among them (medians), at most %.0f"
                + " ms%n",
            BAD,
            seconds,
            BAD / seconds,
            statuses,
            median(alone),
            median(among),
            among.stream().mapToLong(Long::longValue).max().orElseThrow() * 1e-6);
      } finally {
        threads.shutdownNow();
      }
      for (Socket socket : slow) {
        socket.close();
      }
      assertThat(service.chain.blocks()).hasSize(2 * BLOCKS);
      assertThat(service.chain.blocks()).allMatch(block -> block.miner().equals("honest"));
      assertThat(service.told).isEmpty();
      assertThat(statuses.keySet()).containsExactlyInAnyOrder(200, 400, 404, 405, 413, 415, 422);
      assertThat(statuses.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(BAD);
    }
  }

  private static String half(int i) {
    return switch (i % 3) {
      case 0 -> "GET /wo";
      case 1 -> "GET /work HTTP/1.1\r\nHost: localhost\r\nX-Slow";
      default ->
          "POST /work HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 100\r\n\r\n{";
    };
  }

  /** Solves one block after the other; how long each took from asking to the answer, in ns. */
  private List<Long> mine(TestService service) throws Exception {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      long start = System.nanoTime();
      HttpResponse<String> work =
          http.send(
              HttpRequest.newBuilder(service.uri().resolve("/work?miner=honest")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(work.statusCode()).isEqualTo(200);
      JsonNode json = JSON.readTree(work.body());
      HttpResponse<String> answer =
          http.send(
              post(
                  service.uri().resolve("/work"),
                  TestService.solution(json, TestService.START.getEpochSecond())),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      nanos.add(System.nanoTime() - start);
    }
    return nanos;
  }

  private Callable<Void> sendBad(URI service) {
    return () -> {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      for (int i = sent.getAndIncrement(); i < BAD; i = sent.getAndIncrement()) {
        statuses
            .computeIfAbsent(bad(client, service, i), status -> new AtomicInteger())
            .incrementAndGet();
      }
      return null;
    };
  }

  private static int bad(HttpClient client, URI service, int i)
      throws IOException, InterruptedException {
    HttpRequest request =
        switch (i % 8) {
          case 0 -> HttpRequest.newBuilder(service.resolve("/work?miner=" + i)).build();
          case 1 -> HttpRequest.newBuilder(service.resolve("/work?miner=%ff")).build();
          case 2 -> HttpRequest.newBuilder(service.resolve("/admin")).build();
          case 3 -> post(service.resolve("/work"), "{\"id\":\"x\",\"nonce\":1,\"timestamp\":1}");
          case 4 -> post(service.resolve("/work"), "{".repeat(100));
          case 5 -> post(service.resolve("/work"), "x".repeat(5_000));
          case 6 ->
              HttpRequest.newBuilder(service.resolve("/transactions"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"data\":\"spam\"}"))
                  .build();
          default -> HttpRequest.newBuilder(service.resolve("/transactions")).DELETE().build();
        };
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static HttpRequest post(URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) * 1e-6;
  }
}
