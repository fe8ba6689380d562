package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.Branch;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Retarget;
import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.table.EventTable;
import io.goldennonce.chain.table.WarehouseChain;
import io.goldennonce.node.FakeNode.Fault;
import io.goldennonce.pool.Pool;
import io.goldennonce.pool.PoolContents;
import io.goldennonce.pool.PoolWriter;
import io.goldennonce.pool.WarehouseJournal;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.ServiceSolution;
import io.goldennonce.service.SolutionTable;
import io.goldennonce.service.WorkService;
import io.goldennonce.testing.LoopbackServer;
import io.goldennonce.testing.Results;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import io.goldennonce.work.remote.FindStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference service, by itself and with those who work for it. */
class WorkServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Configuration HADOOP = new Configuration();
  private static final CompactBits EASY = CompactBits.ofHex("207fffff");
  private static final int MAX_TRANSACTION = 200;
  private static final int MAX_WAITING = 3;
  private static final WorkProtocol PROTOCOL = WorkProtocol.strict();
  private static final String LEADERS_WORK =
      "{\"id\":\"7\",\"previous_hash\":\"00ab\",\"zeros\":8}";

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
            waiting -> {},
            refused -> {});
    EventTable events = new EventTable(warehouse);
    server =
        WorkServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ServerBackend(
                chain,
                contents::now,
                contents::waiting,
                MAX_WAITING,
                EASY,
                "server",
                log -> events.append("server", log),
                writer::writeOnce,
                MAX_TRANSACTION),
            new WorkServer.Access(Set.of(), null, null, WorkServer.Access.SLOWEST, false),
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
    assertThat(PROTOCOL.admits("/work", solution.toString())).isTrue();
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
    HttpResponse<String> same = send(request("work").header("If-None-Match", tag));
    assertThat(same.statusCode()).isEqualTo(304);
    PROTOCOL.requireAnswer("GET", "/work", same);
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
    assertWrong(good.deepCopy().put("id", "other"), "no such work");
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
    if (body.endsWith("}")) {
      assertThat(PROTOCOL.admits("/work", body)).isFalse();
    }
  }

  @Test
  void request_forAnythingElse_isRefused() throws Exception {
    get("", 404);
    get("blocks", 404);
    get("transactions", 405);
    get("work?miner=" + "m".repeat(101), 400);
    post("work", "x".repeat(5_000), 413);
  }

  @Test
  void openApi_ofTheService_isSound() {
    assertThat(WorkProtocol.faults(WorkProtocol.text())).isEmpty();
    assertThat(
            WorkProtocol.faults(WorkProtocol.text().replace("      responses:", "      answers:")))
        .as("what a document with faults gets")
        .isNotEmpty();
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
  @ValueSource(
      strings = {
        "{\"data\":\"pay\"}",
        "{\"payload\":\"AAEC/w==\"}",
        "{\"to\":\"a\",\"from\":\"b\",\"amount\":7,\"id\":\"1\",\"date\":1700000000000}"
      })
  void transaction_ofEachKind_isAcceptedAsDescribed(String body) throws Exception {
    assertThat(PROTOCOL.admits("/transactions", body)).isTrue();
    assertThat(post("transactions", body, 201).get("answer").asText()).isEqualTo("accepted");
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
    List<ServiceSolution> keptBefore = new ArrayList<>();
    try (ServiceProxy proxy = new ServiceProxy(server.uri())) {
      proxy
          .failsSolution(
              exchange -> {
                // A process that is killed now, before it knows the answer, has lost nothing.
                keptBefore.addAll(pending(proxy));
                Fault.of(500, "").answer(exchange);
              })
          .failsSolution(Fault.of(500, ""));
      try (WorkSource miner = miner("one", 1, proxy.uri())) {
        Work work = miner.next(StopSignal.never()).orElseThrow();
        assertThat(end(work)).containsEntry("verdict", "pending");
        assertThat(told).singleElement().asString().contains("is saved", "HTTP 500");
        // As if the process ended here.
      }
      assertThat(keptBefore).isEqualTo(pending(proxy)).hasSize(1);
      assertThat(chain.tip().orElseThrow().height()).isZero();
      try (WorkSource miner = miner("one", 1, proxy.uri())) {
        assertThat(miner.next(StopSignal.never())).as("one is accepted by now").isEmpty();
      }
      assertThat(proxy.solutions())
          .hasSize(3)
          .allMatch(solution -> PROTOCOL.admits("/work", solution))
          .containsOnly(proxy.solutions().get(0));
      assertThat(pending(proxy)).isEmpty();
    }
    assertThat(told).anyMatch(line -> line.contains("trying again in"));
    assertThat(told).last().asString().contains("is accepted");
    assertThat(chain.tip().orElseThrow().height()).isEqualTo(1);
  }

  /** What may mend itself: a line, and the work comes in the end. */
  static Stream<Arguments> passingFaults() {
    return Stream.of(
        arguments(Fault.of(500, "oops"), "gave an answer that can't be read (HTTP 500)"),
        arguments(Fault.of(401, ""), " wants a token; give --token-file"),
        arguments(
            Fault.of(302, ""), " redirects to another address (HTTP 302), which is not followed"),
        arguments(Fault.of(200, " ".repeat(1_000_001)), " more than 1000000 bytes, which was not"),
        arguments(Fault.of(200, "{\"id\": \"7\""), "gave an answer that can't be read (HTTP 200)"),
        arguments(Fault.of(200, "[]"), "gave an answer that can't be read (HTTP 200)"),
        arguments(Fault.of(200, "{\"id\":\"7\"}"), "can't be used: 'previous_hash' must be"),
        arguments(
            Fault.of(200, "{\"id\":\"7\",\"previous_hash\":\"00\"}"),
            "can't be used: 'zeros' must be a number of bits"),
        arguments(Fault.halfABody(), "closed the connection within its answer ("));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void work_serviceFailsTwice_tellsWhyAndGoesOn(Fault fault, String reason) throws Exception {
    try (ServiceProxy proxy = new ServiceProxy(server.uri());
        WorkSource miner = miner("one", 1, proxy.uri())) {
      proxy.failsOffer(fault).failsOffer(fault);
      assertThat(miner.next(StopSignal.never())).isPresent();
      assertThat(told).hasSize(2);
      assertThat(told.get(0))
          .contains(proxy.uri().toString(), reason)
          .endsWith("; trying again in 0.05 s");
    }
  }

  @Test
  void work_serviceIsSlow_tellsSoAndGoesOn() throws Exception {
    try (ServiceProxy proxy = new ServiceProxy(server.uri());
        WorkSource miner = miner("one", 1, proxy.uri(), Duration.ofMillis(500))) {
      proxy.failsOffer(Fault.slow(60_000));
      assertThat(miner.next(StopSignal.never())).isPresent();
      assertThat(told)
          .first()
          .asString()
          .endsWith("gave no answer within 0.5 s (service.timeout); trying again in 0.05 s");
    }
  }

  /** A service that has forgotten the work says so, in whatever words, each time it is asked. */
  @ParameterizedTest
  @ValueSource(ints = {404, 410, 200})
  void solution_thatGetsNoVerdict_doesNotHoldUpTheNext(int status) throws Exception {
    try (ServiceProxy proxy = new ServiceProxy(server.uri());
        WorkSource miner = miner("one", 2, proxy.uri())) {
      for (int i = 0; i < 5; i++) {
        proxy.failsSolution(Fault.of(status, "{\"error\":\"no such work any more\"}"));
      }
      Map<String, Object> unjudged = end(miner.next(StopSignal.never()).orElseThrow());
      assertThat(unjudged).containsEntry("verdict", "pending");
      assertThat(miner.next(StopSignal.never())).as("other work").isPresent();
      assertThat(told)
          .singleElement()
          .asString()
          .contains("is saved for a later attempt: ", "HTTP " + status);
      assertThat(pending(proxy)).hasSize(1);
    }
  }

  @Test
  void solution_storageFails_isHandedInAllTheSame() throws Exception {
    FindStore<ServiceSolution> full =
        new FindStore<ServiceSolution>() {
          @Override
          public void save(ServiceSolution solution) {
            throw new IllegalStateException("no space left");
          }

          @Override
          public List<ServiceSolution> pending() {
            return List.of();
          }
        };
    try (WorkSource miner = miner("one", 1, server.uri(), Duration.ofSeconds(10), full)) {
      Work work = miner.next(StopSignal.never()).orElseThrow();
      assertThatThrownBy(() -> end(work)).hasMessage("no space left");
    }
    assertThat(told)
        .singleElement()
        .asString()
        .endsWith(" is submitted without being saved: no space left");
    assertThat(chain.tip().orElseThrow().height()).isEqualTo(1);
  }

  /** All nonces and timestamps are tried: there is more of the same, and nothing to tell. */
  @Test
  void work_exhausted_isRenewed() throws Exception {
    try (WorkSource miner = miner("one", 1)) {
      Work work = miner.next(StopSignal.never()).orElseThrow();
      assertThat(work.deliver(Results.unsolved(Outcome.EXHAUSTED)))
          .isEqualTo(new Delivery(Map.of(), true));
      Work renewed = miner.next(StopSignal.never()).orElseThrow();
      assertThat(renewed.search().id()).isNotEqualTo(work.search().id());
      assertThat(end(renewed)).containsEntry("verdict", "accepted");
    }
  }

  @Test
  void service_thatIsAway_isWaitedForUntilTheStop() throws Exception {
    server.close();
    try (WorkSource miner = miner("one", 1)) {
      assertThat(miner.next(StopSignal.after(Duration.ofSeconds(1)))).isEmpty();
    }
    assertThat(told).isNotEmpty().allMatch(line -> line.contains("trying again in"));
  }

  /** The leader's own layout: a service that gives no header. */
  @Test
  void work_withoutAHeader_isTheLeadersMessage() throws Exception {
    PROTOCOL.requireWork(LEADERS_WORK);
    List<JsonNode> solutions = Collections.synchronizedList(new ArrayList<>());
    try (LoopbackServer leader =
            new LoopbackServer(
                exchange -> {
                  String body = LEADERS_WORK;
                  if (exchange.getRequestMethod().equals("POST")) {
                    solutions.add(JSON.readTree(exchange.getRequestBody()));
                    body = "{\"answer\":\"accepted\"}";
                  }
                  exchange.sendResponseHeaders(200, body.length());
                  exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
                });
        WorkSource miner = miner("one", 1, URI.create(leader.url() + "/"))) {
      long now = Instant.now().getEpochSecond();
      Work work = miner.next(StopSignal.never()).orElseThrow();
      end(work);
      JsonNode solution = solutions.get(0);
      assertThat(PROTOCOL.admits("/work", solution.toString())).isTrue();
      assertThat(solution.get("timestamp").asLong()).isBetween(now, now + 60);
      String message =
          "00ab8" + solution.get("timestamp").asLong() + solution.get("nonce").asLong();
      byte[] hash = Hash256.sha256d(message.getBytes(StandardCharsets.US_ASCII)).toBytes();
      assertThat(hash[0]).isZero();
      assertThat(solution.get("nonce").asLong()).isPositive();
    }
  }

  private WorkSource miner(String name, long count) {
    return miner(name, count, server.uri());
  }

  private WorkSource miner(String name, long count, URI base) {
    return miner(name, count, base, Duration.ofSeconds(10));
  }

  private WorkSource miner(String name, long count, URI base, Duration timeout) {
    return miner(
        name, count, base, timeout, new SolutionTable(() -> warehouse.table(SolutionTable.SCHEMA)));
  }

  private WorkSource miner(
      String name, long count, URI base, Duration timeout, FindStore<ServiceSolution> store) {
    return new WorkService(
        WorkService.url(base.toString()),
        new WorkService.Settings(
            name,
            ResultMode.ANY,
            count,
            timeout,
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Optional.empty()),
        store,
        told::add);
  }

  private List<ServiceSolution> pending(ServiceProxy proxy) {
    return new SolutionTable(() -> warehouse.table(SolutionTable.SCHEMA))
        .pending().stream()
            .filter(solution -> solution.service().equals(proxy.uri().toString()))
            .toList();
  }

  private void mineOne() throws Exception {
    try (WorkSource miner = miner("one", 1)) {
      assertThat(end(miner.next(StopSignal.never()).orElseThrow()))
          .containsEntry("verdict", "accepted");
    }
  }

  /** Solves a search as Spark would. */
  private static Map<String, Object> end(Work work) {
    return work.deliver(Results.solved(work.search())).facts();
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

  /** Every answer that a test sees is held against the protocol's document. */
  private JsonNode get(String path, int status) throws Exception {
    HttpResponse<String> response = send(request(path));
    PROTOCOL.requireAnswer("GET", "/" + path.split("\\?", 2)[0], response);
    return json(response, status);
  }

  private JsonNode post(String path, Object body, int status) throws Exception {
    HttpResponse<String> response =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    PROTOCOL.requireAnswer("POST", "/" + path, response);
    return json(response, status);
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
