package io.goldennonce.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.cli.CliRun;
import io.goldennonce.testing.EnoughTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code solve} as people run it. Python 3's hashlib found the nonces, unless another is named. */
@Tag("spark")
class SolveCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HASH = "0".repeat(56) + "deadbeef";

  /** Of COMSM0010cloud, 14 zero bits, among the first 200,000 nonces. */
  private static final List<Long> SOLUTIONS =
      List.of(
          2670L, 7766L, 19095L, 89253L, 94093L, 120236L, 126780L, 127316L, 133050L, 137342L,
          177640L, 199703L);

  private final String warehouse;

  SolveCommandTest(@TempDir Path directory) {
    this.warehouse = directory.resolve("warehouse").toString();
  }

  static Stream<Arguments> puzzles() {
    return Stream.of(
        // Beamchain's own genesis block.
        arguments(
            List.of("--format=beamchain", "--index=0", "--timestamp=1508004991"),
            List.of("--data=Genesis block", "--previous-hash=0", "--difficulty=5"),
            268_731,
            "00000E6BD724E993F81C288688C738D2BC5CF74FF72A6145E29C91BCEAE14833"),
        arguments(
            List.of("--format=leader", "--previous-hash=" + HASH),
            List.of("--timestamp=1700000000", "--difficulty=16"),
            10_187,
            "00003a92b2fef8c76c688b0bcacba6a32bb71ac098e5cdb24578f6833f86065e"),
        arguments(
            List.of(
                "--format=transfer",
                "--transaction=bob,alice,25,1,1508004991000",
                "--transaction=carol,bob,10.5,2,1508004992000"),
            List.of("--id=7", "--previous-hash=" + HASH, "--date=1508004993000", "--difficulty=4"),
            14_384,
            "000058118486cb4b6e569e1d73f0cc1589cc99b1339af65abf66b684a9179998"),
        arguments(
            List.of("--template-hex=00ff{nonce}01", "--encoding=hex"),
            List.of("--hash=sha256d", "--difficulty=16"),
            31_673,
            "0000f5da534a742af3528d3f7a05984e9669da4b386923a48a581a328020017b"),
        arguments(
            List.of("--template=golden{nonce}nonce", "--encoding=u64le", "--rule=target"),
            List.of("--target=" + "0000" + "f".repeat(60)),
            84_951,
            "000086509a1b96127b461a24269f02734f1134f23ce11529bdf3317d63a8ff2e"),
        arguments(
            List.of("--template=golden/{nonce}", "--rule=prefix"),
            List.of("--prefix=c0ffe"),
            771_019,
            "c0ffe9b31b2e5c857cffe6efb9337123a5eb11c8d4a889f19e02f7657eed7a27"),
        arguments(
            List.of("--template=golden/{nonce}", "--rule=suffix"),
            List.of("--suffix=beef"),
            31_575,
            "e9874cb8028856c0e98a9ebf6216a6c30bb8feff55708c5ad81d9d9d0345beef"));
  }

  @ParameterizedTest
  @MethodSource("puzzles")
  void solve_anyForm_printsTheLowestNonce(
      List<String> first, List<String> second, long nonce, String hash) throws IOException {
    List<String> options = new ArrayList<>(first);
    options.addAll(second);
    options.add("--result=lowest");
    JsonNode result = json(solve(options.toArray(String[]::new)), 0);
    assertThat(result.get("nonce").asLong()).isEqualTo(nonce);
    assertThat(result.get("hash").asText()).isEqualTo(hash);
    assertThat(result.get("outcome").asText()).isEqualTo("found");
  }

  /** No file of arguments; 22898 by hashlib. */
  @Test
  void solve_textThatBeginsWithAt_isThatText() throws IOException {
    JsonNode result =
        json(solve("--template=@@ann/{nonce}", "--difficulty=16", "--result=lowest"), 0);
    assertThat(result.get("nonce").asLong()).isEqualTo(22_898);
  }

  @Test
  void solve_anEmptyPartOfTheKeyspace_namesTheOptions() {
    CliRun run = solve("--template=a{nonce}", "--difficulty=1", "--skip=" + Long.MAX_VALUE);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .containsExactly(
            "golden-nonce solve: no nonce of 0 solves it (a part of the keyspace, by --skip,"
                + " --limit or --shard)");
  }

  @Test
  void all_inAPartOfTheKeyspace_areToldOnceAndKnownToLaterRuns() throws IOException {
    String[] puzzle = {
      "--format=pow", "--data=COMSM0010cloud", "--difficulty=14", "--limit=200000"
    };
    List<JsonNode> some = lines(solve(with(puzzle, "--count=2", "--result=lowest")));
    assertThat(nonces(some)).isEqualTo(SOLUTIONS.subList(0, 2));
    assertThat(some.get(2).get("solutions").asInt()).isEqualTo(2);
    assertThat(some.get(2).get("outcome").asText()).isEqualTo("found");

    List<JsonNode> all = lines(solve(with(puzzle, "--all")));
    assertThat(nonces(all)).containsExactlyInAnyOrderElementsOf(SOLUTIONS);
    JsonNode last = all.get(all.size() - 1);
    assertThat(last.get("outcome").asText()).isEqualTo("exhausted");
    assertThat(last.get("solutions").asInt()).isEqualTo(SOLUTIONS.size());
    assertThat(last.get("hashes").asLong() + last.get("resumed_hashes").asLong())
        .as("each position once")
        .isEqualTo(200_000);

    CliRun rows = sql("SELECT solution FROM ranges WHERE solution IS NOT NULL ORDER BY solution");
    List<Long> kept = new ArrayList<>();
    for (String row : rows.out()) {
      kept.add(JSON.readTree(row).get("solution").asLong());
    }
    assertThat(kept).isEqualTo(SOLUTIONS);
    CliRun proof =
        CliRun.of("verify", "--search", last.get("search_id").asText(), "--warehouse", warehouse);
    assertThat(proof.code()).as(proof.out().toString()).isZero();
  }

  @Test
  void maxCost_whenReached_endsWith3AndTheSameCommandResumes() throws Exception {
    // A dollar for each second.
    String[] hopeless = {"--format=pow", "--data=cost", "--difficulty=200", "--price=3600"};
    long tried =
        EnoughTime.of(
            1,
            dollars -> {
              CliRun first = solve(with(hopeless, "--max-cost=" + dollars));
              assertThat(first.code()).isEqualTo(ExitCode.DEADLINE.code());
              assertThat(first.err())
                  .last()
                  .asString()
                  .startsWith("--max-cost is reached: its executors");
              JsonNode result = JSON.readTree(first.out().get(0));
              assertThat(result.get("outcome").asText()).isEqualTo("cost_limit");
              return result.get("hashes").asLong();
            },
            hashes -> hashes > 0);
    CliRun second = solve(with(hopeless, "--max-cost=1"));
    assertThat(JSON.readTree(second.out().get(0)).get("resumed_hashes").asLong()).isEqualTo(tried);
  }

  @Test
  void maxCost_withoutAPrice_isRefused() {
    CliRun run = solve("--format=pow", "--data=cost", "--difficulty=1", "--max-cost=2");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).singleElement().asString().contains("--max-cost needs the price");
  }

  @Test
  void count_ofWhatIsNotThereOrTooMuch_isTold() throws IOException {
    String[] puzzle = {"--format=pow", "--data=COMSM0010cloud", "--difficulty=14"};
    CliRun few = solve(with(with(puzzle, "--limit=20000"), "--count=100"));
    assertThat(few.code()).isEqualTo(1);
    assertThat(JSON.readTree(few.out().get(few.out().size() - 1)).get("solutions").asInt())
        .isEqualTo((int) SOLUTIONS.stream().filter(nonce -> nonce < 20_000).count());
    assertThat(solve(with(puzzle, "--all")).err().toString())
        .contains("--all must find at most about 100,000");
    assertThat(solve(with(puzzle, "--count=0")).err().toString())
        .contains("--count must be from 1 to 100000, got 0");
  }

  private static List<Long> nonces(List<JsonNode> lines) {
    return lines.subList(0, lines.size() - 1).stream()
        .map(line -> line.get("nonce").asLong())
        .toList();
  }

  private static List<JsonNode> lines(CliRun run) throws IOException {
    assertThat(run.code()).as(run.err().toString()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void best_inSeveralRuns_goesOnAndKeepsTheLowest() throws IOException {
    String[] challenge = {"--template=golden/{nonce}", "--encoding=base64", "--rule=best"};
    JsonNode first = json(solve(with(challenge, "--limit=50000")), 0);
    assertThat(first.get("outcome").asText()).isEqualTo("exhausted");
    assertThat(first.get("hashes").asLong()).isEqualTo(50_000);

    JsonNode second = json(solve(with(challenge, "--limit=1000000")), 0);
    assertThat(second.get("hashes").asLong()).isEqualTo(950_000);
    assertThat(second.get("nonce").asLong()).isEqualTo(74_646);
    assertThat(second.get("nonce_text").asText()).isEqualTo("AAAAAAABI5Y");
    assertThat(second.get("message").asText()).isEqualTo("golden/AAAAAAABI5Y");
    assertThat(second.get("hash").asText())
        .isEqualTo("000020ae3e6993aa46d390b9c7ddfe729a22608ab0125e2bade90f713266aa05");

    // Nothing is left to do, and what was found is known.
    JsonNode third = json(solve(with(challenge, "--limit=1000000")), 0);
    assertThat(third.get("hashes").asLong()).isZero();
    assertThat(third.get("hash")).isEqualTo(second.get("hash"));

    JsonNode row =
        JSON.readTree(sql("SELECT * FROM searches ORDER BY started_at DESC LIMIT 1").out().get(0));
    assertThat(row.get("result").asText()).isEqualTo("best");
    assertThat(row.get("nonce").asLong()).isEqualTo(74_646);
    // 2^256 / 0x20ae3e…: what it takes to find one as low.
    assertThat(row.get("expected_hashes").asDouble()).isBetween(513_000.0, 514_000.0);
    CliRun proof =
        CliRun.of("verify", "--search", second.get("search_id").asText(), "--warehouse", warehouse);
    assertThat(proof.code()).as(proof.out().toString()).isZero();
  }

  @Test
  void best_untilItsDeadline_endsWellAndTellsEachImprovement() throws Exception {
    CliRun run =
        EnoughTime.of(
            1,
            seconds ->
                CliRun.of(
                    "solve",
                    "--template={nonce}",
                    "--encoding=u32be",
                    "--hash=sha256d",
                    "--rule=best",
                    "--timeout=" + seconds + "s",
                    "--json",
                    "--warehouse=" + warehouse),
            ended -> ended.out().toString().contains("\"hash\":\"000"));
    assertThat(run.code()).isZero();
    JsonNode result = JSON.readTree(run.out().get(0));
    assertThat(result.get("outcome").asText()).isEqualTo("deadline");
    assertThat(run.err()).isNotEmpty().anyMatch(line -> line.contains("lowest so far 0"));
  }

  @Test
  void coins_inSeveralRuns_areTheSeedsFirstAndAllInTheWallet() throws IOException {
    // Counted by Python 3 with a SplitMix64 of its own and hashlib: 100 coins in 1,864 candidates.
    String[] coins = {"--format=coins", "--seed=0", "-D", "chain.miner=alice"};
    JsonNode first = json(solve(with(coins, "--coins=100")), 0);
    assertThat(first.get("coins").asLong()).isEqualTo(100);
    assertThat(first.get("hashes").asLong()).isEqualTo(1864);
    assertThat(first.get("outcome").asText()).isEqualTo("found");

    JsonNode again = json(solve(with(coins, "--coins=100")), 0);
    assertThat(again.get("hashes").asLong()).isZero();
    assertThat(again.get("earlier_coins").asLong()).isEqualTo(100);

    // By the same Python: 6,279 coins in 100,000 candidates. The rest is another miner's.
    String[] others = {"--format=coins", "-D", "chain.miner=bob"};
    JsonNode rest = json(solve(with(others, "--limit=100000")), 0);
    assertThat(rest.get("coins").asLong()).isEqualTo(6179);
    assertThat(rest.get("hashes").asLong()).isEqualTo(98_136);
    assertThat(rest.get("outcome").asText()).isEqualTo("exhausted");

    CliRun tooFew = solve(with(others, "--limit=100000", "--coins=9999"));
    assertThat(tooFew.code()).isEqualTo(1);

    List<String> wallet =
        sql("SELECT miner, sum(coins) c, sum(hashes) h FROM wallet GROUP BY miner ORDER BY miner")
            .out();
    assertThat(wallet)
        .containsExactly(
            "{\"miner\":\"alice\",\"c\":100,\"h\":1864}",
            "{\"miner\":\"bob\",\"c\":6179,\"h\":98136}");
    assertThat(sql("SELECT min(lowest_hash) l FROM coins").out())
        .containsExactly(
            "{\"l\":\"00003d2064236c9b99f650432d8453de86f45351a8f65eabff0aa832b99afada\"}");
  }

  @Test
  void coins_untilADeadline_areKept() throws Exception {
    long coins =
        EnoughTime.of(
            1,
            seconds -> {
              CliRun run = solve("--format=coins", "--seed=5", "--timeout=" + seconds + "s");
              assertThat(json(run, 0).get("outcome").asText()).isEqualTo("deadline");
              return json(run, 0).get("coins").asLong();
            },
            some -> some > 0);
    assertThat(sql("SELECT sum(coins) c FROM wallet").out())
        .containsExactly("{\"c\":" + coins + "}");
  }

  @Test
  void batch_ofPuzzles_isSolvedByPriorityAndGoesOnWhereItEnded() throws IOException {
    Path file = Path.of(warehouse).resolveSibling("batch.jsonl");
    Files.writeString(
        file,
        """
        {"format": "pow", "data": "COMSM0010cloud", "difficulty": 14, "result": "lowest"}

        {"template": "golden/{nonce}", "rule": "suffix", "suffix": "beef", "result": "lowest", "priority": 7}
        {"format": "pow", "data": "COMSM0010cloud", "difficulty": 20, "limit": 1000, "all": false}
        """);
    CliRun run = solve("--batch=" + file);
    assertThat(run.code()).as("one has no solution: " + run.err()).isEqualTo(1);
    List<JsonNode> lines = objects(run);
    assertThat(lines).extracting(line -> line.get("batch_line").asInt()).containsExactly(3, 1, 4);
    assertThat(lines.get(0).get("nonce").asLong()).isEqualTo(31_575);
    assertThat(lines.get(1).get("nonce").asLong()).isEqualTo(SOLUTIONS.get(0));
    assertThat(lines.get(2).get("outcome").asText()).isEqualTo("exhausted");

    List<JsonNode> again = objects(solve("--batch=" + file));
    assertThat(again).extracting(line -> line.get("hashes").asLong()).containsExactly(0L, 0L, 0L);
    assertThat(again.get(0).get("nonce").asLong()).isEqualTo(31_575);
    assertThat(again.get(1).get("nonce").asLong()).isEqualTo(SOLUTIONS.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"format\":` | line 2: a search must be a JSON object on one line",
        "`[]` | line 2: a search must be a JSON object on one line",
        "`{\"data\":\"a\",\"data\":\"b\"}` | line 2: a search must be a JSON object on one line",
        "`{\"priority\":1.5}` | line 2: priority must be a whole number, got 1.5",
        "`{\"data\":null}` | line 2: data must be text, a number, true, false or a list of them,"
            + " got null",
        "`{\"warehouse\":\"x\"}` | line 2: a search has the options of solve",
        "`{\"colour\":\"x\"}` | line 2: Unknown option: '--colour=x'",
        "`{\"format\":\"pow\",\"data\":\"a\"}` | line 2: --difficulty must be given with --format"
            + " pow",
        "`{\"format\":\"coins\"}` | line 2: --format coins does not go with --batch",
        "`{\"format\":\"pow\",\"data\":\"a\",\"difficulty\":999}` | line 2: --difficulty",
      })
  void batch_withALineThatIsNoSearch_isRefusedBeforeAnythingIsStarted(String line, String rule)
      throws IOException {
    Path file = Path.of(warehouse).resolveSibling("batch.jsonl");
    Files.writeString(file, "{\"format\":\"pow\",\"data\":\"a\",\"difficulty\":1}\n" + line + "\n");
    CliRun run = solve("--batch=" + file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("--batch " + file + ", " + rule);
    assertThat(run.out()).isEmpty();
    assertThat(Path.of(warehouse)).doesNotExist();
  }

  @Test
  void batch_thatHasCostEnough_endsWithItsState() throws IOException {
    Path file = Path.of(warehouse).resolveSibling("batch.jsonl");
    Files.writeString(file, "{\"format\":\"pow\",\"data\":\"a\",\"difficulty\":200}\n");
    CliRun run = solve("--batch=" + file, "--price=1000000", "--max-cost=1");
    assertThat(run.code()).as(run.toString()).isEqualTo(3);
    assertThat(objects(run).get(0).get("outcome").asText()).isEqualTo("cost_limit");
  }

  @Test
  void batch_withOptionsOfOneSearch_isRefused() throws IOException {
    Path file = Path.of(warehouse).resolveSibling("batch.jsonl");
    Files.writeString(file, "{\"format\":\"pow\",\"data\":\"a\",\"difficulty\":1}\n");
    assertThat(solve("--batch=" + file, "--difficulty=3").err().toString())
        .contains("--difficulty does not go with --batch: give it in the file's lines");
    Files.writeString(file, "\n");
    assertThat(solve("--batch=" + file).err().toString())
        .contains("--batch must have a search, one per line, got none in " + file);
  }

  private static List<JsonNode> objects(CliRun run) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : run.out()) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  private CliRun solve(String... options) {
    return CliRun.of(
        with(new String[] {"solve", "--json", "--quiet", "--warehouse=" + warehouse}, options));
  }

  private CliRun sql(String query) {
    return CliRun.of("sql", query, "--json", "--warehouse", warehouse);
  }

  private static String[] with(String[] first, String... second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
  }

  private static JsonNode json(CliRun run, int code) throws IOException {
    assertThat(run.code()).as(run.err().toString()).isEqualTo(code);
    assertThat(run.out()).hasSize(1);
    return JSON.readTree(run.out().get(0));
  }
}
