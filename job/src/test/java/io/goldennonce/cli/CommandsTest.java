package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.pow.BlockHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("spark")
class CommandsTest {
  /** Bitcoin's genesis header, its nonce zeroed. */
  private static final String GENESIS =
      "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
          + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000";

  private final String warehouse;

  CommandsTest(@TempDir Path directory) {
    this.warehouse = directory.resolve("warehouse").toString();
  }

  @Test
  void mine_twice_linksTheBlocks() throws IOException {
    JsonNode first = json(mine("one", "--json"));
    JsonNode second = json(mine("two", "--json"));
    assertThat(first.fieldNames())
        .toIterable()
        .startsWith(
            "height",
            "hash",
            "previous_hash",
            "merkle_root",
            "version",
            "time",
            "bits",
            "nonce",
            "extra_nonce",
            "header",
            "difficulty",
            "chain_work",
            "miner",
            "mined_at",
            "outcome",
            "search_id",
            "hashes",
            "hashes_exact");
    assertThat(first.get("height").asLong()).isEqualTo(1);
    assertThat(second.get("height").asLong()).isEqualTo(2);
    assertThat(second.get("previous_hash")).isEqualTo(first.get("hash"));
    BlockHeader header = BlockHeader.ofHex(second.get("header").asText());
    assertThat(header.meetsTarget()).isTrue();
    assertThat(header.hash().toDisplay()).isEqualTo(second.get("hash").asText());
    assertThat(header.hash().toNumber().bitLength()).isLessThanOrEqualTo(256 - 12);

    String query = "SELECT height, hash, nonce FROM chain ORDER BY height";
    CliRun table = CliRun.of("sql", query, "--warehouse", warehouse);
    assertThat(table.code()).isZero();
    assertThat(table.out()).hasSize(5);
    assertThat(table.out().get(0)).matches("height  hash +nonce *");
    assertThat(table.out().get(1)).matches("[- ]+");
    assertThat(table.out().get(2)).startsWith("0       " + first.get("previous_hash").asText());
    assertThat(table.out().get(3)).startsWith("1       " + first.get("hash").asText());
    assertThat(table.out().get(4)).startsWith("2       " + second.get("hash").asText());

    Path bad = Path.of(warehouse, "blocks", "bad.parquet");
    Files.write(bad, new byte[100]);
    CliRun rows = CliRun.of("sql", query, "--json", "--warehouse", warehouse);
    assertThat(rows.code()).isZero();
    assertThat(rows.out()).hasSize(3);
    assertThat(new ObjectMapper().readTree(rows.out().get(2)).get("hash"))
        .isEqualTo(second.get("hash"));
    assertThat(rows.err()).isEmpty();
    assertThat(rows.log()).anyMatch(line -> line.contains(bad.toString()));

    CliRun wrong = CliRun.of("sql", "SELECT heigth FROM chain", "--warehouse", warehouse);
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(wrong.err()).singleElement().asString().contains("heigth");
  }

  /** Real headers of Bitcoin's mainnet with small nonces, at the heights given; nonces zeroed. */
  @ParameterizedTest
  @CsvSource({
    // 8451: nonce 102331
    "0100000044024bc63493f8d96723cd193bcd8d888b64260061dd1d632e844ae7000000003f3664cda5b0e39b580a"
        + "9ef37b8e6c718b3894885e69ed0be736d093cc2cdc5e30c8c749ffff001d, bb8f0100",
    // 829337: nonce 246336
    "00c00020377e4e01b505bb86fd2d8351d7e6bb020a08e1a67d270200000000000000000070ae14b81b372b359f3c"
        + "810818ed647c87e054e8cae22b984b5b7ab4edfc2d0f9d46c3655dba0317, 40c20300",
    // 6550: nonce 285147
    "01000000c0ea4de281a5a31bea0d9b5ce3e833fd3f89b3895784cc8f5343625b00000000e1036d29f3cd11826b01"
        + "23f9ef38895d3d843b830960755d6cc27d2e22c21673216fb149ffff001d, db590400",
  })
  void grind_realHeader_printsItSolvedAndNothingElse(String toBits, String nonce) {
    CliRun run = CliRun.of("grind", toBits + "00000000", "--result", "lowest", "--quiet");
    assertThat(run.out()).containsExactly(toBits + nonce);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void grind_aPartOfTheNoncesExhausted_namesTheOptions() {
    CliRun run = CliRun.of("grind", GENESIS, "--limit", "1000", "--quiet");
    assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("no nonce of 1000 meets the target", "--limit");
  }

  /** One answer per line, in their order, whatever is wrong with one. */
  @Test
  void grind_headersOnStandardInput_areAnsweredLineByLine() {
    String easy = GENESIS.substring(0, 144) + "ffff7f20";
    String lines =
        String.join("\n", easy + "00000000", "nonsense", "", GENESIS, easy + "ffffffff\r");
    CliRun run =
        CliRun.withInput(lines, "grind", "-", "--result", "lowest", "--limit", "1000", "--quiet");
    assertThat(run.out()).hasSize(5);
    assertThat(run.out().get(0)).startsWith(easy).isEqualTo(run.out().get(4));
    assertThat(BlockHeader.ofHex(run.out().get(0)).meetsTarget()).isTrue();
    assertThat(run.out().get(1)).startsWith("error: HEADER_HEX: ").contains("got 'n' at digit 1");
    assertThat(run.out().get(2)).startsWith("error: HEADER_HEX: ").contains("80 bytes");
    assertThat(run.out().get(3)).startsWith("error: no nonce of 1000 meets the target (a part");
    assertThat(run.code()).as("the worst").isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void grind_headersOnStandardInputAsJson_areOneObjectPerLine() throws IOException {
    String lines = GENESIS + "\n" + "00\n" + GENESIS + "\n";
    CliRun run = CliRun.withInput(lines, "grind", "-", "--timeout=50ms", "--json", "--quiet");
    ObjectMapper mapper = new ObjectMapper();
    assertThat(run.out()).hasSize(3);
    assertThat(mapper.readTree(run.out().get(0)).get("outcome").asText()).isEqualTo("deadline");
    assertThat(mapper.readTree(run.out().get(1)).get("error").asText()).contains("80 bytes");
    assertThat(mapper.readTree(run.out().get(2)).get("outcome").asText()).isEqualTo("deadline");
    assertThat(run.code()).isEqualTo(ExitCode.DEADLINE.code());
  }

  @Test
  void grind_noHeaderOnStandardInput_isDone() {
    CliRun run = CliRun.withInput("", "grind", "-", "--quiet");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void mine_poolWithRecordsThatAreNone_saysHowManyAndWhereToLook() throws IOException {
    Path pool = Files.writeString(Path.of(warehouse + ".jsonl"), "{\"data\":\"good\"}\nbad\n\"x\n");
    CliRun run =
        CliRun.of(
            "mine",
            "--transactions",
            pool.toString(),
            "--max-wait=100ms",
            "--difficulty=8",
            "--quiet",
            "--warehouse",
            warehouse);
    assertThat(run.code()).as("%s", run.err()).isZero();
    assertThat(run.err())
        .contains(
            "golden-nonce mine: 2 records of the pool were rejected; see sql \"SELECT source,"
                + " position, reason FROM rejected\"");
  }

  /** Difficulty 0x1f00ffff: the first nonce of the second variant, the time moved by 1 s. */
  @Test
  void grind_solvedByALaterTime_saysByHowMuch() {
    String easy = GENESIS.substring(0, 144) + "ffff001f00000000";
    CliRun run =
        CliRun.of(
            "grind", easy, "--skip", "4294967296", "--roll-time=1", "--result=lowest", "--quiet");
    assertThat(run.code()).as("%s", run.err()).isZero();
    assertThat(run.err())
        .containsExactly(
            "golden-nonce grind: the header's time is 1 s later; a signet miner, which takes only"
                + " the nonce, does not use it");
  }

  @Test
  void grind_outOfTime_endsWithTheDeadlinesCode() {
    String often = "progress.plain-interval=1ms";
    CliRun run = CliRun.of("grind", GENESIS, "--timeout=1s", "--quiet", "--json", "-D", often);
    assertThat(run.code()).isEqualTo(ExitCode.DEADLINE.code());
    assertThat(run.err()).as("quiet").noneMatch(line -> line.contains(" tried, "));
    assertThat(run.out()).singleElement().asString().contains("\"outcome\":\"deadline\"");
  }

  @Test
  void solve_pow_printsTheOraclesNonce() throws IOException {
    CliRun run =
        CliRun.of(
            "solve",
            "--format=pow",
            "--data=COMSM0010cloud",
            "--difficulty=16",
            "--result=lowest",
            "--json",
            "--quiet");
    JsonNode result = json(run);
    assertThat(result.get("nonce").asLong()).isEqualTo(133_050);
    assertThat(result.get("hash").asText()).startsWith("0000");
    assertThat(result.get("outcome").asText()).isEqualTo("found");
  }

  @Test
  void run_noCommand_printsTheUsage() {
    CliRun run = CliRun.of();
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(String.join("\n", run.out()))
        .contains("Usage: golden-nonce", "mine", "grind", "solve", "sql", "Exit codes");
  }

  @Test
  void run_helpOfEveryCommand_isPrinted() {
    for (String command : List.of("mine", "grind", "solve", "sql", "status")) {
      CliRun run = CliRun.of(command, "--help");
      assertThat(run.code()).isZero();
      assertThat(run.out().get(0)).startsWith("Usage: golden-nonce " + command);
    }
  }

  private CliRun mine(String data, String... more) {
    String[] start = {
      "mine", "--data", data, "--difficulty", "12", "--quiet", "--warehouse", warehouse
    };
    String[] all = Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    return CliRun.of(all);
  }

  private static JsonNode json(CliRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).hasSize(1);
    return new ObjectMapper().readTree(run.out().get(0));
  }
}
