package io.goldennonce.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Payout;
import io.goldennonce.bitcoin.RawBlock;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.Submission.Verdict;
import io.goldennonce.node.FakeNode.Fault;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.Results;
import io.goldennonce.work.Work;
import io.goldennonce.work.remote.FindStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BitcoinNodeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(10);

  private final FakeNode node = FakeNode.start();
  private final Store store = new Store();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void next_untilAsManyAreTaken_givesBlocksOnTopOfEachOther() throws InterruptedException {
    try (BitcoinNode source = source(3)) {
      for (long height = 1; height <= 3; height++) {
        Work work = next(source);
        assertThat(work.title()).isEqualTo("regtest block " + height);
        assertThat(work.isResumable()).isFalse();
        assertThat(mine(work)).containsEntry("verdict", "accepted").containsEntry("height", height);
      }
      assertThat(source.next(StopSignal.never())).isEmpty();
    }
    assertThat(store.verdicts()).containsExactly("ACCEPTED", "ACCEPTED", "ACCEPTED");
    List<RawBlock> blocks =
        node.calls("submitblock").stream()
            .map(call -> RawBlock.parse(call.path(0).asText()))
            .toList();
    assertThat(blocks.get(2).header().previousHash()).isEqualTo(blocks.get(1).header().hash());
    assertThat(blocks).allMatch(block -> block.header().meetsTarget());
    assertThat(told).isEmpty();
  }

  @Test
  void template_asked_tellsWhatIsUnderstood() throws InterruptedException {
    try (BitcoinNode source = source(1)) {
      next(source);
    }
    JsonNode request = node.calls("getblocktemplate").get(0).path(0);
    assertThat(request.path("rules").toString()).isEqualTo("[\"segwit\"]");
    assertThat(request.path("capabilities").toString()).contains("coinbasevalue", "longpoll");
    assertThat(request.has("longpollid")).isFalse();
  }

  /** Bits as the network has them; mainnet's and testnet4's are those of a real block each. */
  @ParameterizedTest
  @CsvSource({"main, 17034219", "test, 1d00ffff", "testnet4, 1c00ffff", "regtest, 207fffff"})
  void next_anyNetwork_givesItsBlockWithItsBits(String network, String bits)
      throws InterruptedException {
    node.on(network).withTemplate("bits", JSON.valueToTree(bits));
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      assertThat(work.title()).isEqualTo(network + " block 1");
      assertThat(work.search().target()).isEqualTo(CompactBits.ofHex(bits).toTarget());
    }
  }

  /** A parent's age in seconds, and the time after it and the bits of a block at a height. */
  @ParameterizedTest
  @CsvSource({
    "testnet4, 100, 20, 1201, 1d00ffff",
    "testnet4, 100, 1300, 1300, 1d00ffff", // the node's clock is further on
    "testnet4, 100, -5900, 1201, 1d00ffff", // the fifth such block in a row
    "testnet4, 100, -6100, -6100, 1c00ffff", // would be more than 2 h ahead
    "testnet4, 2016, 20, 20, 1c00ffff", // the first of a period
    "test, 2017, 20, 1201, 1d00ffff",
  })
  void next_withMinDifficulty_isTwentyMinutesAfterItsParentWhereThatIsAllowed(
      String network, long height, long age, long after, String bits) throws InterruptedException {
    long now = System.currentTimeMillis() / 1_000;
    node.on(network)
        .parentAt(now - age)
        .withTemplate("bits", JSON.valueToTree("1c00ffff"))
        .withTemplate("height", JSON.valueToTree(height))
        .withTemplate("curtime", JSON.valueToTree(now));
    try (BitcoinNode source = source(easy(), Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      SearchSpec search = next(source).search();
      assertThat(search.target()).isEqualTo(CompactBits.ofHex(bits).toTarget());
      long time = ((NodeSearch) search.template()).at(0).time();
      assertThat(time - (now - age)).isEqualTo(after);
    }
    assertThat(told).hasSize(bits.equals("1c00ffff") ? 1 : 0);
  }

  @Test
  void next_withMinDifficultyElsewhere_isTheEnd() {
    node.on("main");
    try (BitcoinNode source = source(easy(), Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      assertThatThrownBy(() -> source.next(StopSignal.never()))
          .isInstanceOfSatisfying(NodeException.class, e -> assertThat(e.isUsage()).isTrue())
          .hasMessage("--min-difficulty is a rule of test and testnet4, got a node of main");
    }
  }

  private static BitcoinNode.Settings easy() {
    return new BitcoinNode.Settings(
        Payout.parse("51"), ResultMode.ANY, 1, LONG, LONG, SHORT, SHORT, 3, true);
  }

  /** The node's clock, but never before the time that its rules allow. */
  @ParameterizedTest
  @CsvSource({"1700000000, 1700000500, 1700000500", "1700000900, 1700000500, 1700000900"})
  void next_clockAndMintime_areTheHeadersTime(long mintime, long clock, long time)
      throws InterruptedException {
    node.withTemplate("mintime", JSON.valueToTree(mintime));
    node.withTemplate("curtime", JSON.valueToTree(clock));
    try (BitcoinNode source = source(1)) {
      assertThat(mine(next(source))).containsEntry("time", time);
    }
  }

  /** What may mend itself: a line, and the work comes in the end. */
  static Stream<Arguments> passingFaults() {
    return Stream.of(
        arguments(Fault.of(500, "oops"), "gave an answer that is not JSON-RPC (HTTP 500)"),
        arguments(Fault.of(503, "Work queue depth exceeded"), "not JSON-RPC (HTTP 503)"),
        arguments(Fault.of(200, "{\"result\": {\"chain\""), "not JSON-RPC (HTTP 200)"),
        arguments(Fault.of(200, ""), "not JSON-RPC (HTTP 200)"),
        arguments(Fault.of(200, "[]"), "not JSON-RPC (HTTP 200)"),
        arguments(Fault.halfABody(), "closed the connection within its answer (IOException)"),
        arguments(
            Fault.error(-28, "Loading block index…"),
            "answers -28 (Loading block index…): the node is still starting"),
        arguments(
            Fault.error(-10, "in initial sync"),
            "answers -10 (in initial sync): the node is still downloading the chain"),
        arguments(
            Fault.error(-9, "not connected!"),
            "answers -9 (not connected!): the node has no peers"),
        arguments(Fault.error(-32603, "boom\nat line 2"), "answers -32603 (boom)"));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void next_nodeFailsTwice_tellsWhyAndGoesOn(Fault fault, String reason)
      throws InterruptedException {
    node.fails(fault).fails(fault);
    try (BitcoinNode source = source(1)) {
      assertThat(source.next(StopSignal.never())).isPresent();
    }
    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .startsWith(node.url())
        .contains(reason)
        .endsWith("; trying again in 0.01 s");
  }

  /** Bitcoin Core gives templates of a signet to those only who ask for them as such. */
  @Test
  void next_nodeOfASignet_namesTheSignetMiner() {
    node.fails(
        Fault.error(-8, "getblocktemplate must be called with the signet rule set (call with …)"));
    try (BitcoinNode source = source(1)) {
      assertThatThrownBy(() -> source.next(StopSignal.never()))
          .isInstanceOfSatisfying(NodeException.class, e -> assertThat(e.isUsage()).isTrue())
          .hasMessageContaining("golden-nonce grind");
    }
  }

  @Test
  void next_nodeIsSlow_tellsSoAndGoesOn() throws InterruptedException {
    node.fails(Fault.slow(60_000));
    try (BitcoinNode source =
        source(
            settings(1, Duration.ofMillis(500), LONG),
            Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      assertThat(source.next(StopSignal.never())).isPresent();
    }
    assertThat(told.get(0))
        .isEqualTo(
            node.url() + " gave no answer within 0.5 s (node.timeout); trying again in 0.01 s");
  }

  @Test
  void next_nobodyAtTheAddress_triesUntilTheDeadline() throws InterruptedException {
    node.close();
    StopSignal untilToldTwice =
        () -> told.size() < 2 ? Optional.empty() : Optional.of(StopReason.DEADLINE);
    try (BitcoinNode source = source(1)) {
      assertThat(source.next(untilToldTwice)).isEmpty();
    }
    assertThat(told.get(0))
        .isEqualTo(node.url() + " does not answer: connection refused; trying again in 0.01 s");
  }

  @Test
  void next_slowNodeAndDeadline_endsWithTheDeadline() throws InterruptedException {
    node.fails(Fault.slow(60_000));
    try (BitcoinNode source =
        source(settings(1, LONG, LONG), Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      assertThat(source.next(StopSignal.after(Duration.ofMillis(200)))).isEmpty();
    }
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules            | [\"csv\",\"!shiny\"]  | false | demands the rule !shiny, which this"
            + " version does not know",
        "signet_challenge | \"51\"                | true  | a signet block must be signed",
        "coinbasetxn      | {}                    | false | has its own coinbase",
      })
  void next_templateOfAnotherKind_isTheEnd(String field, String value, boolean usage, String reason)
      throws IOException {
    node.withTemplate(field, JSON.readTree(value));
    if (field.equals("coinbasetxn")) {
      node.withTemplate("coinbasevalue", JSON.nullNode());
    }
    try (BitcoinNode source = source(1)) {
      assertThatThrownBy(() -> source.next(StopSignal.never()))
          .isInstanceOfSatisfying(
              NodeException.class, e -> assertThat(e.isUsage()).isEqualTo(usage))
          .hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bits                       | \"1d00ffzz\"   | a compact target must be hex digits",
        "bits                       | null           | it must have bits, got none",
        "height                     | 1.5            | height must be a whole number, got 1.5",
        "height                     | \"one\"        | height must be a whole number",
        "previousblockhash          | \"00\"         | a hash must have 32 bytes",
        "coinbasevalue              | -1             | coinbasevalue must be a whole number, got"
            + " -1",
        "noncerange                 | \"00000000ff\" | noncerange must be 00000000ffffffff",
        "curtime                    | 4294967296     | 4294967296",
        "mintime                    | 4294967296     | 4294967296",
        "height                     | 0              | height",
        "height                     | 4294967296     | height",
        "transactions               | [{\"txid\":1}] | a hash must have 32 bytes",
        "default_witness_commitment | \"6a24aa\"     | its default_witness_commitment must be"
            + " 6a24aa21a9ed",
      })
  void next_templateThatIsBroken_tellsWhatAndAsksAgain(String field, String value, String reason)
      throws IOException, InterruptedException {
    node.withTemplate(field, JSON.readTree(value));
    try (BitcoinNode source = source(1)) {
      StopSignal untilTold =
          () -> told.isEmpty() ? Optional.empty() : Optional.of(StopReason.DEADLINE);
      assertThat(source.next(untilTold)).isEmpty();
    }
    assertThat(told.get(0)).startsWith("the node's template can't be used: ").contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "main    | --payout: an address must be of the node's network, main, got",
        "simnet  | must be a node of main, test, testnet4, signet, regtest, got simnet",
      })
  void next_otherNetworkThanThePayouts_isTheEnd(String network, String reason) {
    node.on(network);
    BitcoinNode.Settings settings = settings(1, Duration.ofSeconds(5), LONG);
    Payout testnet = Payout.parse("mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs");
    try (BitcoinNode source =
        source(
            new BitcoinNode.Settings(
                testnet, settings.mode(), 1, settings.timeout(), LONG, SHORT, SHORT, 3, false),
            Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      assertThatThrownBy(() -> source.next(StopSignal.never()))
          .isInstanceOfSatisfying(NodeException.class, e -> assertThat(e.isUsage()).isTrue())
          .hasMessageContaining(reason);
    }
    assertThat(node.calls("getblocktemplate")).isEmpty();
  }

  @Test
  void next_wrongPassword_isTheEndAndNotRepeated() {
    try (BitcoinNode source =
        source(settings(1, LONG, LONG), Credentials.of("miner", "s3cr3t-that-is-wrong"))) {
      assertThatThrownBy(() -> source.next(StopSignal.never()))
          .isInstanceOfSatisfying(NodeException.class, e -> assertThat(e.isUsage()).isTrue())
          .hasMessage(
              node.url()
                  + " refuses the credentials (HTTP 401); give it --cookie FILE, or node.user and"
                  + " node.password in a file or the environment");
    }
  }

  /** The node starts again between the reading of its cookie and its answer. */
  @Test
  void call_cookieChangedMeanwhile_isMadeAgainWithTheNewOne(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path cookie = Files.writeString(directory.resolve(".cookie"), "__cookie__:of-the-old-process");
    node.onRefusedCredentials(
        () -> Files.writeString(cookie, FakeNode.USER + ":" + FakeNode.PASSWORD));
    try (BitcoinNode source = source(settings(1, LONG, LONG), Credentials.ofCookie(cookie))) {
      assertThat(source.next(StopSignal.never())).isPresent();
    }
    assertThat(told).isEmpty();
  }

  /** Bitcoin Core 0.19.0 and Namecoin leave the rules empty; some leave them out. */
  @ParameterizedTest
  @CsvSource({"[]", "null"})
  void template_withACommitmentButNoRules_hasItInTheBlock(String rules) throws Exception {
    String commitment =
        "6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9";
    node.withTemplate("rules", JSON.readTree(rules));
    node.withTemplate("default_witness_commitment", JSON.valueToTree(commitment));
    node.withTemplate("weightlimit", JSON.valueToTree(4_000_000));
    try (BitcoinNode source = source(1)) {
      mine(next(source));
    }
    assertThat(node.calls("submitblock").get(0).path(0).asText()).contains(commitment);
  }

  /** As bcoin gives it before segwit is active, where a witness is against the rules. */
  @Test
  void template_withACommitmentBeforeSegwit_hasNoneInTheBlock() throws Exception {
    String commitment =
        "6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9";
    node.withTemplate("rules", JSON.readTree("[]"));
    node.withTemplate("default_witness_commitment", JSON.valueToTree(commitment));
    try (BitcoinNode source = source(1)) {
      mine(next(source));
    }
    assertThat(node.calls("submitblock").get(0).path(0).asText()).doesNotContain(commitment);
  }

  /** The version's three bits are a position's low digits. */
  @Test
  void block_foundWithARolledVersion_isSubmittedWithIt() throws InterruptedException {
    Map<String, Object> facts;
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      facts = work.deliver(Results.solved(work.search(), position -> position % 8 == 5)).facts();
    }

    RawBlock block = RawBlock.parse(node.calls("submitblock").get(0).path(0).asText());
    assertThat(block.header().version()).isEqualTo(0x2000_a000);
    assertThat(block.header().meetsTarget()).isTrue();
    assertThat(facts)
        .containsEntry("verdict", "accepted")
        .containsEntry("version", 0x2000_a000)
        .containsEntry("nonce", block.header().nonce());
  }

  /** A node that does not understand what it is given says the same each time it is asked. */
  @ParameterizedTest
  @CsvSource({"-8", "-32601", "-32603"})
  void block_thatGetsNoVerdict_doesNotHoldUpTheNext(int code) throws InterruptedException {
    try (BitcoinNode source = source(2)) {
      Work work = next(source);
      node.fails(Fault.error(code, "unknown parameter workid"));
      assertThat(mine(work)).containsEntry("verdict", "pending");
      assertThat(next(source).title()).isEqualTo("regtest block 1");
      assertThat(told)
          .singleElement()
          .asString()
          .contains("is saved for a later attempt: ", "answers " + code);
    }
    told.clear();
    node.fails("submitblock", Fault.error(code, "unknown parameter workid"));
    try (BitcoinNode again = source(2)) {
      assertThat(again.next(StopSignal.never())).as("work in the next process").isPresent();
    }
    assertThat(told).singleElement().asString().contains("has no verdict yet", "next try in 1 s");
    assertThat(store.verdicts()).containsExactly("PENDING");
  }

  @Test
  void credentials_toAnotherMachineInTheClear_areWarnedOf() {
    new BitcoinNode(
            BitcoinNode.url("http://node.example:8332"),
            Credentials.of("miner", "s3cr3t"),
            settings(1, LONG, LONG),
            store,
            told::add)
        .close();
    assertThat(told)
        .singleElement()
        .asString()
        .contains("warning", "node.example", "in the clear")
        .doesNotContain("s3cr3t");
    told.clear();
    for (String url : List.of("https://node.example:8332", "http://[::1]:8332")) {
      new BitcoinNode(
              BitcoinNode.url(url),
              Credentials.of("miner", "s3cr3t"),
              settings(1, LONG, LONG),
              store,
              told::add)
          .close();
    }
    assertThat(told).isEmpty();
  }

  /** Bitcoin Core writes another cookie each time it starts. */
  @Test
  void next_cookieGoneAndBack_goesOnWithTheNewOne(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path cookie = directory.resolve(".cookie");
    try (BitcoinNode source = source(settings(1, LONG, LONG), Credentials.ofCookie(cookie))) {
      assertThat(source.next(StopSignal.after(Duration.ofMillis(100)))).isEmpty();
      assertThat(told.get(0)).contains("the cookie can't be read", cookie.toString());
      Files.writeString(cookie, FakeNode.USER + ":" + FakeNode.PASSWORD + "\n");
      assertThat(source.next(StopSignal.never())).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void outdated_anotherMinerMovesTheTip_isToldAndTheNextWorkIsOnTheNewTip(boolean longPolling)
      throws InterruptedException {
    if (!longPolling) {
      node.withoutLongPolling();
    }
    try (BitcoinNode source = source(1)) {
      Work running = next(source);
      // It has asked for news more than once, and there was none.
      String method = longPolling ? "getblocktemplate" : "getbestblockhash";
      while (node.calls(method).size() < (longPolling ? 2 : 3)) {
        Thread.sleep(1);
      }
      assertThat(running.outdated().reason()).isEmpty();

      node.mine();

      awaitOutdated(running);
      assertThat(running.deliver(Results.unsolved(Outcome.OUTDATED)).facts())
          .isEqualTo(Map.of("height", 1L));
      int asked = node.calls("getblocktemplate").size();
      Work next = next(source);
      assertThat(next.title()).isEqualTo("regtest block 2");
      assertThat(next.outdated().reason()).isEmpty();
      assertThat(node.calls("getblocktemplate")).hasSize(asked);
      mine(next);
    }
    assertThat(store.verdicts()).containsExactly("ACCEPTED");
  }

  @Test
  void outdated_templateGetsOld_isReplacedInSilence() throws InterruptedException {
    try (BitcoinNode source =
        source(
            settings(1, LONG, Duration.ofMillis(50)),
            Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      Work running = next(source);
      node.withTemplate("curtime", JSON.valueToTree(1_900_000_000));
      awaitOutdated(running);
      assertThat(running.deliver(Results.unsolved(Outcome.OUTDATED)).facts()).isEmpty();
      Work next = next(source);
      assertThat(next.title()).isEqualTo(running.title());
      assertThat(mine(next)).containsEntry("time", 1_900_000_000L);
    }
    assertThat(told).isEmpty();
  }

  /** A node that answers each long poll at once must not start a search at each. */
  @Test
  void outdated_longPollThatDoesNotWait_isNotBelieved() throws InterruptedException {
    node.withTemplate("longpollid", JSON.valueToTree("anything"));
    try (BitcoinNode source = source(1)) {
      Work running = next(source);
      while (node.calls("getblocktemplate").size() < 4) {
        Thread.sleep(1);
      }
      assertThat(running.outdated().reason()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "duplicate, accepted, ",
    "rejected: duplicate, accepted, ",
    "high-hash, refused, high-hash",
    "inconclusive, refused, inconclusive",
    "duplicate-invalid, refused, duplicate-invalid",
  })
  void ended_nodeAnswersAText_isTheVerdict(String text, String verdict, String reason)
      throws InterruptedException {
    node.refuses(text);
    try (BitcoinNode source = source(1)) {
      Map<String, Object> facts = mine(next(source));
      assertThat(facts).containsEntry("verdict", verdict);
      assertThat(facts.get("reason")).isEqualTo(reason);
      assertThat(store.all()).singleElement().extracting(Submission::reason).isEqualTo(reason);
    }
  }

  @Test
  void ended_nodeCantReadTheBlock_isRefusedWithItsWords() throws InterruptedException {
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      node.fails(Fault.error(-22, "Block decode failed"));
      assertThat(mine(work))
          .containsEntry("verdict", "refused")
          .containsEntry("reason", "Block decode failed");
    }
  }

  /** Some nodes take a block in and say nothing, though another is the best of its height. */
  @Test
  void ended_blockBesideTheBestChain_isRefusedAsStale() throws InterruptedException {
    node.keepsBlocksAside();
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      node.mine();
      Map<String, Object> facts = mine(work);
      assertThat(facts).containsEntry("verdict", "refused");
      assertThat(facts.get("reason")).asString().startsWith("stale");
    }
  }

  @Test
  void next_everyBlockRefused_asksMoreSlowly() throws InterruptedException {
    node.refuses("bad-cb-amount");
    BitcoinNode.Settings settings = settings(1, LONG, LONG);
    try (BitcoinNode source =
        source(
            new BitcoinNode.Settings(
                settings.payout(),
                settings.mode(),
                1,
                LONG,
                LONG,
                SHORT,
                Duration.ofHours(1),
                3,
                false),
            Credentials.of(FakeNode.USER, FakeNode.PASSWORD))) {
      mine(next(source));
      mine(next(source));
      assertThat(source.next(StopSignal.after(Duration.ofMillis(200)))).isEmpty();
    }
    assertThat(node.calls("submitblock")).hasSize(2);
  }

  @Test
  void ended_nodeAway_keepsTheBlockAndTheNextProcessHandsItIn() throws InterruptedException {
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      node.fails(Fault.of(500, ""));
      assertThat(mine(work)).containsEntry("verdict", "pending");
      assertThat(store.verdicts()).containsExactly("PENDING");
      assertThat(told.get(0))
          .startsWith("block 1 (")
          .contains("is saved for a later attempt: ", "HTTP 500");
    }
    told.clear();
    try (BitcoinNode again = source(1)) {
      assertThat(again.next(StopSignal.never())).isEmpty();
    }
    assertThat(store.verdicts()).containsExactly("ACCEPTED");
    assertThat(told).singleElement().asString().contains("found at ", "is accepted");
    assertThat(node.calls("submitblock").get(1)).isEqualTo(node.calls("submitblock").get(0));
  }

  @Test
  void ended_storageFails_offersTheBlockAllTheSame() throws InterruptedException {
    store.fail();
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      assertThatThrownBy(() -> mine(work)).hasMessage("no space left");
    }
    assertThat(node.calls("submitblock")).hasSize(1);
    assertThat(told)
        .singleElement()
        .asString()
        .endsWith(" is submitted without being saved: no space left");
  }

  /** Credentials that a node does not take any more end the program, not what it has found. */
  @Test
  void ended_credentialsRefused_endsWithTheBlockKept() throws InterruptedException {
    try (BitcoinNode source = source(1)) {
      Work work = next(source);
      node.fails(Fault.of(401, ""));
      assertThatThrownBy(() -> mine(work))
          .isInstanceOfSatisfying(NodeException.class, e -> assertThat(e.isUsage()).isTrue());
    }
    assertThat(store.verdicts()).containsExactly("PENDING");
    try (BitcoinNode again = source(1)) {
      assertThat(again.next(StopSignal.never())).isEmpty();
    }
    assertThat(store.verdicts()).containsExactly("ACCEPTED");
  }

  @Test
  void next_blockKeptForAnotherNetwork_isNotOffered() throws InterruptedException {
    try (BitcoinNode source = source(1)) {
      node.fails(Fault.of(500, "")); // swallowed by the first call
      Work work = next(source);
      node.fails(Fault.of(500, ""));
      mine(work);
    }
    node.on("testnet4");
    try (BitcoinNode source = source(1)) {
      assertThat(source.next(StopSignal.never())).isPresent();
    }
    assertThat(node.calls("submitblock")).hasSize(1);
    assertThat(store.all()).extracting(Submission::network).containsExactly(Network.REGTEST);
  }

  @Test
  void submit_templateWithAWorkId_givesItBack() throws InterruptedException {
    node.withTemplate("workid", JSON.valueToTree("job 7"));
    try (BitcoinNode source = source(1)) {
      mine(next(source));
    }
    assertThat(node.calls("submitblock").get(0).path(1).toString())
        .isEqualTo("{\"workid\":\"job 7\"}");
  }

  private BitcoinNode source(long count) {
    return source(settings(count, LONG, LONG), Credentials.of(FakeNode.USER, FakeNode.PASSWORD));
  }

  private BitcoinNode source(BitcoinNode.Settings settings, Credentials credentials) {
    return new BitcoinNode(BitcoinNode.url(node.url()), credentials, settings, store, told::add);
  }

  private static BitcoinNode.Settings settings(long count, Duration timeout, Duration age) {
    return new BitcoinNode.Settings(
        Payout.parse("51"), ResultMode.ANY, count, timeout, age, SHORT, SHORT, 3, false);
  }

  private static Work next(BitcoinNode source) throws InterruptedException {
    return source.next(StopSignal.never()).orElseThrow();
  }

  private static void awaitOutdated(Work work) throws InterruptedException {
    while (work.outdated().reason().isEmpty()) {
      Thread.sleep(1);
    }
    assertThat(work.outdated().reason()).contains(StopReason.OUTDATED);
  }

  private static Map<String, Object> mine(Work work) {
    return work.deliver(Results.solved(work.search())).facts();
  }

  /** Blocks in memory, by their hash. */
  private static final class Store implements FindStore<Submission> {
    private final Map<String, Submission> kept = new LinkedHashMap<>();
    private boolean failing;

    void fail() {
      failing = true;
    }

    @Override
    public void save(Submission submission) {
      if (failing) {
        throw new IllegalStateException("no space left");
      }
      kept.put(submission.header().hash().toDisplay(), submission);
    }

    @Override
    public List<Submission> pending() {
      return all().stream().filter(block -> block.verdict() == Verdict.PENDING).toList();
    }

    List<Submission> all() {
      return List.copyOf(kept.values());
    }

    List<String> verdicts() {
      return all().stream().map(block -> block.verdict().name()).toList();
    }
  }
}
