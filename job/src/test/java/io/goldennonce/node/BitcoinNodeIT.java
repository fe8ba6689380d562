package io.goldennonce.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.bitcoin.HeaderFamily;
import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Payout;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.Submission.Verdict;
import io.goldennonce.cli.CliRun;
import io.goldennonce.cluster.SparkClasses;
import io.goldennonce.cluster.SparkHome;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.StopSignal;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mines for a real node: bcoin on regtest, where segwit begins at height 432. */
@Timeout(600)
@Tag("full")
class BitcoinNodeIT {
  /** On regtest bcoin has address versions of its own: 0x3c where Bitcoin Core has 0x6f. */
  private static final String BCOIN_ADDRESS = "R9NXAVJezHiBnT3ijTpg3JUZre7PxhJWti";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Anyone may spend what it pays: the script is OP_TRUE. */
  private static final String ANYONE = "51";

  /** The same behind a witness program: 0, and the SHA-256 of OP_TRUE. */
  private static final String ANYONE_BY_WITNESS =
      "0020" + Hash256.sha256(new byte[] {0x51}).toHex();

  private static final long FEE = 10_000;
  private static final int SEGWIT_HEIGHT = 432;

  private final Path directory;
  private final Bcoin node;

  BitcoinNodeIT(@TempDir Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.node = Bcoin.start(directory);
  }

  @BeforeEach
  void writeCredentials() throws IOException {
    Files.writeString(
        directory.resolve("credentials.conf"),
        "golden-nonce.node { user = x, password = \"" + Bcoin.API_KEY + "\" }\n");
  }

  @AfterEach
  void stopNode() throws InterruptedException {
    node.close();
  }

  /** All in a row, as a chain of 500 blocks takes its time. */
  @Test
  void work_from0To500_minesWhateverHappensToTheNode() throws Exception {
    assertThat(mine(110).stream().map(block -> block.get("version")).distinct())
        .as("versions that bcoin has taken")
        .hasSizeGreaterThan(1);
    assertThat(node.height()).isEqualTo(110);

    List<String> first = new ArrayList<>();
    for (int height = 1; height <= 5; height++) {
      first.add(send(spend(coinbase(height), reward(height) - FEE, ANYONE, false)));
    }
    // Two, as a node may have made the first one's template before.
    List<JsonNode> blocks = mine(2);
    assertThat(blocks.stream().mapToInt(block -> block.get("transactions").asInt()).sum())
        .isEqualTo(2 + first.size());
    assertThat(transactions(111, 112)).containsAll(first);

    killedAndRestarted(188);
    assertThat(node.height()).isEqualTo(300);

    mine(SEGWIT_HEIGHT + 10 - 300);
    String funding = send(spend(coinbase(10), reward(10) - FEE, ANYONE_BY_WITNESS, false));
    String spending = send(spend(funding, reward(10) - 2 * FEE, ANYONE, true));
    mine(2);
    assertThat(transactions(SEGWIT_HEIGHT + 11, SEGWIT_HEIGHT + 12)).contains(funding, spending);
    mine(500 - SEGWIT_HEIGHT - 12);
    assertThat(node.height()).isEqualTo(500);

    assertThat(rows("SELECT verdict, count(*) AS n FROM submissions GROUP BY verdict"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("verdict").asText()).isEqualTo("accepted");
              assertThat(row.get("n").asInt()).isEqualTo(500);
            });
    assertThat(rows("SELECT DISTINCT hash FROM searches WHERE outcome = 'found'")).hasSize(500);

    refusesAWrongNonceAndAStaleBlock();
    followsTheTip();
    survivesAKillBetweenFindAndSubmission();
  }

  private void killedAndRestarted(int blocks) throws Exception {
    CompletableFuture<CliRun> run =
        begin(work(node.url(), "--blocks", "" + blocks, "-D", "node.longest-pause=200ms"));
    while (node.height() < 150) {
      Thread.sleep(10);
    }
    node.kill();
    Thread.sleep(1_000);
    node.start();
    CliRun ended = run.get();
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).anyMatch(line -> line.contains("connection refused; trying again in"));
  }

  /** Another process has left them: one that nobody would take, and one that comes too late. */
  private void refusesAWrongNonceAndAStaleBlock() throws Exception {
    Template template = template();
    mine(1);
    Payout payout = Payout.parse(ANYONE);
    Submission stale = submission(template, payout, 1, true);
    Submission wrong = submission(template(), payout, 2, false);
    SubmissionTable table =
        new SubmissionTable(
            () ->
                Warehouse.open(directory.resolve("warehouse").toString(), new Configuration())
                    .table(SubmissionTable.SCHEMA));
    table.save(stale);
    table.save(wrong);

    CliRun run = CliRun.of(work(node.url(), "--blocks", "1"));

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .hasSize(2)
        .anyMatch(
            line ->
                line.contains(stale.header().hash() + ")") && line.contains("is refused: stale"))
        .anyMatch(
            line ->
                line.contains(wrong.header().hash() + ")")
                    && line.contains("is refused: ")
                    && line.contains("high-hash"));
    List<JsonNode> refused =
        rows("SELECT hash, reason FROM submissions WHERE verdict = 'refused' ORDER BY height");
    assertThat(refused)
        .extracting(row -> row.get("hash").asText())
        .containsExactly(stale.header().hash().toDisplay(), wrong.header().hash().toDisplay());
    assertThat(refused.get(1).get("reason").asText()).contains("high-hash");
  }

  /** A template is made so hard that only another miner finds its block. */
  private void followsTheTip() throws Exception {
    long height = node.height();
    try (NodeProxy proxy = new NodeProxy(node.url(), "1a00ffff", false)) {
      CompletableFuture<CliRun> run = begin(work(proxy.url(), "--blocks", "1"));
      proxy.awaitLongPoll();
      proxy.relax();
      node.call("generatetoaddress", 1, BCOIN_ADDRESS);
      CliRun ended = run.get();
      assertThat(ended.code()).isZero();
      assertThat(ended.err())
          .containsExactly(
              "golden-nonce work: regtest block "
                  + (height + 1)
                  + " is outdated, going on with newer work");
      assertThat(JSON.readTree(ended.out().get(0)).get("height").asLong()).isEqualTo(height + 2);
    }
    assertThat(rows("SELECT hashes FROM searches WHERE outcome = 'outdated'"))
        .singleElement()
        .satisfies(row -> assertThat(row.get("hashes").asLong()).isPositive());
  }

  private void survivesAKillBetweenFindAndSubmission() throws Exception {
    long height = node.height();
    io.goldennonce.cluster.Submission process;
    try (NodeProxy proxy = new NodeProxy(node.url(), null, true)) {
      process =
          io.goldennonce.cluster.Submission.start(
              SparkHome.embedded(),
              "local[2]",
              directory,
              List.of(
                  "--conf",
                  "spark.ui.enabled=false",
                  "--driver-java-options",
                  SparkClasses.options()),
              List.of(work(proxy.url(), "--blocks", "1")));
      proxy.awaitBlock();
      process.kill();
    }
    assertThat(node.height()).isEqualTo(height);
    assertThat(rows("SELECT height FROM submissions WHERE verdict = 'pending'"))
        .extracting(row -> row.get("height").asLong())
        .containsExactly(height + 1);

    CliRun run = CliRun.of(work(node.url(), "--blocks", "1"));

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("golden-nonce work: block " + (height + 1) + " (")
        .endsWith(" is accepted");
    assertThat(node.height()).isEqualTo(height + 1);
    assertThat(rows("SELECT height FROM submissions WHERE verdict = 'pending'")).isEmpty();
  }

  private List<JsonNode> mine(int blocks) throws IOException {
    CliRun run = CliRun.of(work(node.url(), "--blocks", "" + blocks));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(String.join("\n", run.log())).doesNotContain(Bcoin.API_KEY);
    List<JsonNode> found = new ArrayList<>();
    for (String line : run.out()) {
      found.add(JSON.readTree(line));
    }
    assertThat(found).hasSize(blocks);
    assertThat(found).allMatch(block -> block.get("verdict").asText().equals("accepted"));
    return found;
  }

  private String[] work(String url, String... more) {
    return Stream.concat(
            Stream.of(
                "work",
                "--node",
                url,
                "--payout",
                ANYONE,
                "--json",
                "--quiet",
                "-c",
                directory.resolve("credentials.conf").toString(),
                "--warehouse",
                directory.resolve("warehouse").toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static CompletableFuture<CliRun> begin(String[] command) {
    return CompletableFuture.supplyAsync(() -> CliRun.of(command));
  }

  private List<JsonNode> rows(String query) throws IOException {
    CliRun run =
        CliRun.of("sql", query, "--json", "--warehouse", directory.resolve("warehouse").toString());
    assertThat(run.code()).as(run.err().toString()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private List<String> transactions(long... heights) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (long height : heights) {
      String hash = node.call("getblockhash", height).asText();
      node.call("getblock", hash).path("tx").forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }

  private String coinbase(long height) throws InterruptedException {
    return transactions(height).get(0);
  }

  /** Regtest halves every 150 blocks. */
  private static long reward(long height) {
    return 5_000_000_000L >> height / 150;
  }

  private String send(String transaction) throws InterruptedException {
    return node.call("sendrawtransaction", transaction).asText();
  }

  /** Spends the first output of a transaction, which anyone may, to a script. */
  private static String spend(String id, long value, String script, boolean witness) {
    HexFormat hex = HexFormat.of();
    String amount = Hash256.ofDisplay(String.format("%064x", value)).toHex().substring(0, 16);
    return "02000000"
        + (witness ? "0001" : "")
        + "01"
        + Hash256.ofDisplay(id).toHex()
        + "00000000"
        + "00"
        + "ffffffff"
        + "01"
        + amount
        + hex.toHexDigits((byte) (script.length() / 2))
        + script
        + (witness ? "01" + "01" + "51" : "")
        + "00000000";
  }

  private Template template() throws Exception {
    return new NodeClient(
            new JsonRpc(BitcoinNode.url(node.url()), Credentials.of("x", Bcoin.API_KEY)),
            Duration.ofSeconds(30))
        .template(Network.REGTEST, StopSignal.never());
  }

  private static Submission submission(
      Template template, Payout payout, long extraNonce, boolean solved) {
    BlockPlan plan = template.plan();
    HeaderFamily headers = plan.headers(payout);
    BlockHeader header = headers.header(extraNonce);
    while (header.meetsTarget() != solved) {
      header = header.withNonce(header.nonce() + 1);
    }
    return new Submission(
        Network.REGTEST,
        plan.height(),
        header,
        plan.block(header, extraNonce, payout),
        null,
        "0123456789abcdef",
        Instant.now(),
        Verdict.PENDING,
        null);
  }
}
