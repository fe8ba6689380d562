package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.Branch;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Retarget;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pool.Pool;
import io.goldennonce.pool.PoolContents;
import io.goldennonce.pool.PoolWriter;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.Found;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.ServiceUrl;
import io.goldennonce.service.Solution;
import io.goldennonce.service.WorkService;
import io.goldennonce.store.EventTable;
import io.goldennonce.store.SolutionTable;
import io.goldennonce.store.Warehouse;
import io.goldennonce.store.WarehouseChain;
import io.goldennonce.store.WarehouseJournal;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference service, by itself and with those who work for it. */
@Timeout(60)
class WorkServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Configuration HADOOP = new Configuration();
  private static final CompactBits EASY = CompactBits.ofHex("207fffff");
  private static final int MAX_TRANSACTION = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final Warehouse warehouse;
  private final BlockStore chain;
  private final WorkServer server;

  WorkServerTest(@TempDir Path directory) throws IOException {
    warehouse = Warehouse.openOrCreate(directory.resolve("warehouse").toString(), HADOOP);
    chain =
        new WarehouseChain(
            warehouse,
            new ChainRules(Retarget.FIXED, Genesis.block(Instant.ofEpochSecond(1), "first", 0)));
    String pool = directory.resolve("pool").toString();
    PoolWriter writer = PoolWriter.open(pool, HADOOP);
    PoolContents contents =
        new PoolContents(
            Pool.open(pool, HADOOP, new Pool.Settings(MAX_TRANSACTION, Duration.ofSeconds(1))),
            new Branch(chain::block),
            new WarehouseJournal(warehouse, "server"),
            new PoolContents.Settings(10, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            waiting -> {});
    EventTable events = new EventTable(warehouse);
    server =
        WorkServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new WorkServer.Books(
                chain,
                contents::now,
                EASY,
                "server",
                log -> events.append("server", log),
                writer::writeOnce,
                MAX_TRANSACTION),
            told::add);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void work_solved_isAppendedAndTheNextFollows() throws Exception {
    JsonNode first = get("work?miner=someone", 200);
    BlockHeader header = BlockHeader.ofHex(first.get("header").asText());
    assertThat(header.previousHash().toDisplay()).isEqualTo(first.get("previous_hash").asText());
    assertThat(header.bits().toString()).isEqualTo(first.get("bits").asText());
    BlockHeader solved = solve(header.withTime(header.time() + 60));

    ObjectNode solution = solution(first, solved);
    JsonNode answer = post("work", solution, 200);
    assertThat(answer.get("answer").asText()).isEqualTo("accepted");
    assertThat(answer.get("hash").asText()).isEqualTo(solved.hash().toDisplay());
    assertThat(answer.get("height").asLong()).isEqualTo(1);
    assertThat(chain.tip().orElseThrow().hash()).isEqualTo(solved.hash());
    assertThat(post("work", solution, 200)).as("sent again").isEqualTo(answer);

    JsonNode second = get("work", 200);
    assertThat(second.get("previous_hash").asText()).isEqualTo(solved.hash().toDisplay());
    assertThat(second.get("height").asLong()).isEqualTo(2);
  }

  @Test
  void work_askedForTwice_isAnotherHeaderOfTheSameBlock() throws Exception {
    JsonNode one = get("work", 200);
    JsonNode other = get("work", 200);
    assertThat(one.get("id")).isNotEqualTo(other.get("id"));
    assertThat(one.get("previous_hash")).isEqualTo(other.get("previous_hash"));
    assertThat(BlockHeader.ofHex(one.get("header").asText()).merkleRoot())
        .isNotEqualTo(BlockHeader.ofHex(other.get("header").asText()).merkleRoot());
  }

  @Test
  void work_knownByItsTag_isNotSaidAgainUntilItIsAnother() throws Exception {
    String tag = send(request("work")).headers().firstValue("ETag").orElseThrow();
    assertThat(send(request("work").header("If-None-Match", tag)).statusCode()).isEqualTo(304);
    JsonNode work = get("work", 200);
    post("work", solution(work, solve(BlockHeader.ofHex(work.get("header").asText()))), 200);
    assertThat(send(request("work").header("If-None-Match", tag)).statusCode()).isEqualTo(200);
  }

  @Test
  void solution_thatIsNone_isWrong() throws Exception {
    JsonNode work = get("work", 200);
    BlockHeader header = BlockHeader.ofHex(work.get("header").asText());
    BlockHeader bad = header;
    for (long nonce = 0; bad.meetsTarget() || nonce == 0; nonce++) {
      bad = header.withNonce(nonce);
    }
    assertWrong(solution(work, bad), "must be at most its target");
    ObjectNode good = solution(work, solve(header));
    assertWrong(good.deepCopy().put("nonce", -1), "nonce");
    assertWrong(good.deepCopy().put("nonce", 1L << 32), "nonce");
    assertWrong(good.deepCopy().put("timestamp", header.time() - 1), "timestamp");
    assertWrong(good.deepCopy().put("timestamp", header.time() + 100_000), "timestamp");
    assertWrong(good.deepCopy().put("id", "other"), "no work other");
    assertThat(chain.tip().orElseThrow().height()).isZero();
    post("work", good, 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                           | JSON",
        "[1]                                         | 'id'",
        "{\"nonce\":1,\"timestamp\":1}               | 'id'",
        "{\"id\":1,\"nonce\":1,\"timestamp\":1}      | 'id'",
        "{\"id\":\"a\",\"timestamp\":1}              | 'nonce'",
        "{\"id\":\"a\",\"nonce\":1.5,\"timestamp\":1}| 'nonce'",
        "{\"id\":\"a\",\"nonce\":1}                  | 'timestamp'",
      })
  void solution_withoutAField_isIncomplete(String body, String reason) throws Exception {
    JsonNode answer = post("work", body, 400);
    assertThat(answer.get("answer").asText()).isEqualTo("incomplete");
    assertThat(answer.get("reason").asText()).contains(reason);
  }

  @Test
  void request_forAnythingElse_isRefused() throws Exception {
    get("", 404);
    get("blocks", 404);
    get("transactions", 405);
    get("work?miner=" + "m".repeat(101), 400);
    post("work", "x".repeat(5_000), 413);
  }

  /** The description has all that the service and its client say to each other. */
  @Test
  void openApi_ofTheService_namesItsFieldsAndAnswers() throws Exception {
    String text =
        Files.readString(
            Path.of(System.getProperty("golden.nonce.root", ".."), "docs/work-service.yaml"));
    get("work", 200).fieldNames().forEachRemaining(name -> assertThat(text).contains(name + ": "));
    for (Solution.Verdict verdict : Solution.Verdict.values()) {
      if (verdict != Solution.Verdict.PENDING) {
        assertThat(text).contains(verdict.label());
      }
    }
    assertThat(text).contains("/work:", "/transactions:", "zeros: ", "[accepted, known, refused]");
  }

  @Test
  void transaction_handedInTwice_isKnownAndMinedOnce() throws Exception {
    JsonNode first = post("transactions", "{\"data\":\"pay\"}", 201);
    Hash256 id = Transaction.ofText("pay").id();
    assertThat(first.get("answer").asText()).isEqualTo("accepted");
    assertThat(first.get("id").asText()).isEqualTo(id.toDisplay());
    assertThat(post("transactions", "{ \"data\" : \"pay\" }", 200).get("answer").asText())
        .isEqualTo("known");

    mineOne();
    mineOne();
    Hash256 tip = chain.tip().orElseThrow().hash();
    assertThat(chain.block(tip).transactions()).isEmpty();
    assertThat(chain.block(chain.block(tip).previousHash()).transactions()).containsExactly(id);
    assertThat(post("transactions", "{\"data\":\"pay\"}", 200).get("answer").asText())
        .isEqualTo("known");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pay                       | 422 | one JSON object",
        "{\"date\":\"pay\"}        | 422 | must have 'data'",
        "{\"data\":7}              | 422 | 'data' must be text",
        "{\"payload\":\"%%%\"}     | 422 | base64",
      })
  void transaction_thatIsNone_isRefusedWithTheReason(String body, int status, String reason)
      throws Exception {
    JsonNode answer = post("transactions", body, status);
    assertThat(answer.get("answer").asText()).isEqualTo("refused");
    assertThat(answer.get("reason").asText()).contains(reason);
  }

  @Test
  void transaction_thatIsTooLong_isRefused() throws Exception {
    JsonNode answer = post("transactions", "{\"data\":\"" + "x".repeat(200) + "\"}", 413);
    assertThat(answer.get("reason").asText()).contains("at most 200 bytes");
  }

  @Test
  void twoMiners_onOneService_oneWinsAndTheOtherIsInterrupted() throws Exception {
    try (WorkSource one = miner("one", 2);
        WorkSource other = miner("other", 2)) {
      Work won = one.next(StopSignal.never()).orElseThrow();
      Work lost = other.next(StopSignal.never()).orElseThrow();
      assertThat(lost.search().id()).isNotEqualTo(won.search().id());

      assertThat(end(won)).containsEntry("verdict", "accepted");
      while (lost.outdated().reason().isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(lost.outdated().reason()).contains(StopReason.OUTDATED);
      Map<String, Object> late = end(lost);
      assertThat(late).containsEntry("verdict", "wrong");
      assertThat(String.valueOf(late.get("reason"))).contains("came first", "1 ");

      Work next = other.next(StopSignal.never()).orElseThrow();
      assertThat(next.outdated().reason()).isEmpty();
      assertThat(end(next)).containsEntry("verdict", "accepted");
    }
    assertThat(chain.tip().orElseThrow().height()).isEqualTo(2);
    assertThat(told).isEmpty();
  }

  @Test
  void count_ofSolutions_endsTheWork() throws Exception {
    try (WorkSource miner = miner("one", 1)) {
      assertThat(end(miner.next(StopSignal.never()).orElseThrow()))
          .containsEntry("verdict", "accepted");
      assertThat(miner.next(StopSignal.never())).isEmpty();
    }
  }

  @Test
  void solution_thatCouldNotBeHandedIn_isHandedInByTheNextProcess() throws Exception {
    AtomicInteger failures = new AtomicInteger(2);
    HttpServer gate = gate(failures);
    try {
      try (WorkSource miner = miner("one", 1, base(gate))) {
        Work work = miner.next(StopSignal.never()).orElseThrow();
        assertThat(end(work)).containsEntry("verdict", "pending");
        assertThat(told).singleElement().asString().contains("is kept", "HTTP 500");
        // As if the process ended here.
      }
      assertThat(chain.tip().orElseThrow().height()).isZero();
      try (WorkSource miner = miner("one", 1, base(gate))) {
        assertThat(miner.next(StopSignal.never())).as("one is accepted by now").isEmpty();
      }
    } finally {
      gate.stop(0);
    }
    assertThat(failures.get()).isNegative();
    assertThat(told).anyMatch(line -> line.contains("trying again in"));
    assertThat(told).last().asString().contains("is accepted");
    assertThat(chain.tip().orElseThrow().height()).isEqualTo(1);
    assertThat(new SolutionTable(() -> warehouse).pending(base(gate).toString())).isEmpty();
  }

  @Test
  void service_thatIsAway_isWaitedForUntilTheStop() throws Exception {
    server.close();
    try (WorkSource miner = miner("one", 1)) {
      assertThat(miner.next(StopSignal.after(Duration.ofMillis(300)))).isEmpty();
    }
    assertThat(told).isNotEmpty().allMatch(line -> line.contains("trying again in"));
  }

  /** The leader's own layout: a service that gives no header. */
  @Test
  void work_withoutAHeader_isTheLeadersMessage() throws Exception {
    List<JsonNode> solutions = Collections.synchronizedList(new ArrayList<>());
    HttpServer leader =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    leader.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body = "{\"id\":\"7\",\"previous_hash\":\"00ab\",\"zeros\":8}";
            if (exchange.getRequestMethod().equals("POST")) {
              solutions.add(JSON.readTree(exchange.getRequestBody()));
              body = "{\"answer\":\"accepted\"}";
            }
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
          }
        });
    leader.start();
    try (WorkSource miner = miner("one", 1, base(leader))) {
      long now = Instant.now().getEpochSecond();
      Work work = miner.next(StopSignal.never()).orElseThrow();
      end(work);
      JsonNode solution = solutions.get(0);
      assertThat(solution.get("timestamp").asLong()).isBetween(now, now + 60);
      String message =
          "00ab8" + solution.get("timestamp").asLong() + solution.get("nonce").asLong();
      byte[] hash = Hash256.sha256d(message.getBytes(StandardCharsets.US_ASCII)).toBytes();
      assertThat(hash[0]).isZero();
      assertThat(solution.get("nonce").asLong()).isPositive();
    } finally {
      leader.stop(0);
    }
  }

  private WorkSource miner(String name, long count) {
    return miner(name, count, server.uri());
  }

  private WorkSource miner(String name, long count, URI base) {
    return new WorkService(
        ServiceUrl.parse(base.toString()),
        new WorkService.Settings(
            name,
            ResultMode.FIRST,
            count,
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(50)),
        new SolutionTable(() -> warehouse),
        told::add);
  }

  /** Fails the first solutions that are handed in, and passes all else on. */
  private HttpServer gate(AtomicInteger failures) throws IOException {
    HttpServer gate =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gate.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean post = exchange.getRequestMethod().equals("POST");
            if (post && failures.getAndDecrement() > 0) {
              exchange.sendResponseHeaders(500, -1);
              return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri().resolve(exchange.getRequestURI()));
            HttpResponse<byte[]> response =
                http.send(
                    (post
                            ? request.POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            : request.GET())
                        .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    gate.start();
    return gate;
  }

  private static URI base(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void mineOne() throws Exception {
    try (WorkSource miner = miner("one", 1)) {
      assertThat(end(miner.next(StopSignal.never()).orElseThrow()))
          .containsEntry("verdict", "accepted");
    }
  }

  /** Solves a search as Spark would. */
  private static Map<String, Object> end(Work work) {
    SearchSpec spec = work.search();
    Optional<Found> found = Optional.empty();
    for (long position = 0; found.isEmpty(); position++) {
      found = Found.confirm(spec, position);
    }
    SearchResult result =
        new SearchResult(
            Outcome.FOUND,
            found,
            new SearchResult.Work(1, 1, 0, Duration.ZERO),
            Instant.now(),
            Duration.ZERO,
            Optional.empty(),
            1,
            Optional.empty());
    Map<String, Object> facts = new LinkedHashMap<>(work.ended(result));
    work.keep(result);
    return facts;
  }

  private static BlockHeader solve(BlockHeader header) {
    BlockHeader solved = header;
    for (long nonce = 0; !solved.meetsTarget(); nonce++) {
      solved = header.withNonce(nonce);
    }
    return solved;
  }

  private static ObjectNode solution(JsonNode work, BlockHeader solved) {
    return JSON.createObjectNode()
        .put("id", work.get("id").asText())
        .put("nonce", solved.nonce())
        .put("timestamp", solved.time());
  }

  private void assertWrong(ObjectNode solution, String reason) throws Exception {
    JsonNode answer = post("work", solution, 422);
    assertThat(answer.get("answer").asText()).isEqualTo("wrong");
    assertThat(answer.get("reason").asText()).contains(reason);
  }

  private JsonNode get(String path, int status) throws Exception {
    return json(send(request(path)), status);
  }

  private JsonNode post(String path, Object body, int status) throws Exception {
    return json(
        send(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString()))), status);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri().resolve("/" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response, int status) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }
}
