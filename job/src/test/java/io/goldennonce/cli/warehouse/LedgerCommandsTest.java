package io.goldennonce.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands make of the ledger: proofs, parts of a keyspace, starting over. */
@Tag("spark")
class LedgerCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Path warehouse;

  LedgerCommandsTest(@TempDir Path directory) {
    this.directory = directory;
    this.warehouse = directory.resolve("warehouse");
  }

  @Test
  void verify_ofASearch_holdsUntilItsLedgerIsTamperedWith() throws IOException {
    JsonNode solved = json(solve("--difficulty", "15", "--result", "lowest"), 0);
    assertThat(solved.get("nonce").asLong()).isEqualTo(89_253);
    String id = solved.get("search_id").asText();
    CliRun proof = verify(id);
    assertThat(proof.code()).as(proof.out().toString()).isZero();
    assertThat(proof.out()).isEmpty();
    assertThat(proof.err()).singleElement().asString().endsWith(" 0 faults");

    try (Stream<Path> ledgers = Files.list(warehouse.resolve("ranges"))) {
      for (Path ledger : ledgers.toList()) {
        Files.delete(ledger);
      }
    }
    CliRun refuted = verify(id);
    assertThat(refuted.code()).isEqualTo(1);
    JsonNode fault = JSON.readTree(refuted.out().get(0));
    assertThat(fault.get("rule").asText()).isEqualTo("no gap");
    assertThat(fault.get("expected").asText()).isEqualTo("[0, 89254) tried");
  }

  /** The root that a run tells is that of the rows that it saves, and a later run continues it. */
  @Test
  void prove_ofASearchInTwoRuns_continuesTheRootsThatTheyTold() throws IOException {
    JsonNode first = json(solve("--difficulty", "200", "--limit", "40000"), 1);
    JsonNode second = json(solve("--difficulty", "200", "--limit", "90000"), 1);
    assertThat(second.get("root")).isNotEqualTo(first.get("root"));
    Path file = directory.resolve("proof.json");
    JsonNode written = json(prove("--search", second.get("search_id").asText(), file), 0);
    assertThat(written.get("root")).isEqualTo(second.get("root"));
    JsonNode proof = JSON.readTree(file.toFile());
    assertThat(proof.get("heads"))
        .extracting(head -> head.get("root").asText())
        .containsExactly(first.get("root").asText(), second.get("root").asText());
    assertThat(proof.get("complete")).hasToString("[0,90000]");
    assertThat(written.get("rows").asInt()).isEqualTo(proof.get("rows").size());
  }

  @Test
  void prove_ofWhatIsNotThere_isRefusedAndWritesNothing() throws IOException {
    json(solve("--difficulty", "4"), 0);
    Path file = directory.resolve("proof.json");
    assertThat(prove("--search", "0123456789abcdef", file).err())
        .singleElement()
        .asString()
        .contains("--search", "0123456789abcdef");
    assertThat(prove("--block", "7", file).err())
        .singleElement()
        .asString()
        .contains("--block", "got 7");
    assertThat(file).doesNotExist();
    assertThat(prove("--block", "7", file).code()).isEqualTo(2);
  }

  private CliRun prove(String what, String which, Path file) {
    return CliRun.of(
        "prove",
        what,
        which,
        "--json",
        "--out",
        file.toString(),
        "--warehouse",
        warehouse.toString());
  }

  @Test
  void verify_ofAnUnknownSearch_isRefused() throws IOException {
    json(solve("--difficulty", "4"), 0);
    CliRun refused = verify("0123456789abcdef");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).singleElement().asString().contains("--search", "0123456789abcdef");
  }

  @Test
  void solve_inThreeShards_coversTheKeyspaceOnce() throws IOException {
    long hashes = 0;
    String id = "";
    for (int shard = 1; shard <= 3; shard++) {
      CliRun run = solve("--difficulty", "200", "--limit", "100000", "--shard", shard + "/3");
      JsonNode result = json(run, 1);
      assertThat(result.get("outcome").asText()).isEqualTo("exhausted");
      hashes += result.get("hashes").asLong();
      id = result.get("search_id").asText();
    }
    assertThat(hashes).isEqualTo(100_000);
    JsonNode coverage = JSON.readTree(named("coverage").out().get(0));
    assertThat(coverage.get("search_id").asText()).isEqualTo(id);
    assertThat(coverage.get("positions").asLong()).isEqualTo(100_000);
    assertThat(coverage.get("gap").asLong()).isZero();
    assertThat(coverage.get("overlap").asLong()).isZero();
    assertThat(verify(id).code()).isZero();

    JsonNode again = json(solve("--difficulty", "200", "--limit", "100000"), 1);
    assertThat(again.get("hashes").asLong()).isZero();
    JsonNode fresh = json(solve("--difficulty", "200", "--limit", "100000", "--fresh"), 1);
    assertThat(fresh.get("hashes").asLong()).isEqualTo(100_000);

    assertThat(named("runs").out()).hasSize(5);
    JsonNode executor = JSON.readTree(named("executors").out().get(0));
    assertThat(executor.get("hashes").asLong()).isEqualTo(100_000);
    assertThat(executor.get("stands_out").asBoolean()).isFalse();
  }

  @Test
  void solve_withAStatusFile_leavesItsEndInIt() throws IOException {
    Path status = directory.resolve("status.json");
    JsonNode solved = json(solve("--difficulty", "11", "--status", status.toString()), 0);
    JsonNode state = JSON.readTree(Files.readString(status));
    assertThat(state.get("state").asText()).isEqualTo("found");
    assertThat(state.get("nonce")).isEqualTo(solved.get("nonce"));
    assertThat(state.get("hashes").asLong()).isEqualTo(solved.get("hashes").asLong());
  }

  @Test
  void solve_withAStatusFileThatCantBe_isRefused() {
    CliRun run = solve("--difficulty", "11", "--status", directory.resolve("no/such").toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("--status", "no/such");
  }

  @Test
  void keyspace_ofAPart_isItsSize() {
    CliRun run =
        CliRun.of(
            "solve",
            "--format",
            "pow",
            "--data",
            "x",
            "--difficulty",
            "9",
            "--skip",
            "5",
            "--shard",
            "2/4",
            "--keyspace");
    assertThat(run.code()).isZero();
    // 2^32 - 5 is 4 · 1,073,741,822 + 3.
    assertThat(run.out()).containsExactly("1073741823");
  }

  @Test
  void sqlList_namesTheQueriesThatNamedTakes() {
    assertThat(CliRun.of("sql", "--list").out())
        .extracting(line -> line.split(" ")[0])
        .containsExactly(
            "coverage",
            "executors",
            "intervals",
            "luck",
            "nonces",
            "proof",
            "runs",
            "shares",
            "stale");
    CliRun refused = CliRun.of("sql", "--named", "none");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .contains("--named", "coverage, executors, intervals", "none");
  }

  @Test
  void bench_ofOneKernel_printsItsRate() throws IOException {
    CliRun run = CliRun.of("bench", "--kernel", "message-digest", "--seconds", "1", "--json");
    JsonNode measured = json(run, 0);
    assertThat(measured.get("kernel").asText()).isEqualTo("message-digest");
    assertThat(measured.get("rate").asLong()).isPositive();
    assertThat(measured.get("share").asDouble()).isEqualTo(1);
  }

  @Test
  void bench_auto_saysWhichKernelItChoseAndWhy() throws IOException {
    CliRun run = CliRun.of("bench", "--kernel", "auto", "--seconds", "1", "--json");
    JsonNode measured = json(run, 0);
    assertThat(measured.get("kernel").asText()).isEqualTo("auto");
    assertThat(measured.get("rate").asLong()).isPositive();
    assertThat(measured.get("choice").asText()).matches("[a-z0-9-]+: .*MH/s.*");
    assertThat(measured.has("instance")).isEqualTo(Runtime.getRuntime().availableProcessors() == 1);
  }

  @Test
  void bench_onAllProcessors_printsALineThatPlanReads() throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    String[] bench = {"bench", "--kernel", "auto", "--seconds", "1", "--threads", "" + processors};
    String line = CliRun.of(bench).out().stream().reduce((a, b) -> b).orElseThrow();

    assertThat(line).startsWith("for conf/instances.conf: \"TYPE\" { rate-per-vcpu = ");
    Path overlay =
        Files.writeString(
            warehouse.resolveSibling("instances.conf"),
            "golden-nonce.plan.instances {\n"
                + line.replace("for conf/instances.conf: ", "").replace("TYPE", "c7a.xlarge")
                + "\n}\n");
    CliRun plan =
        CliRun.of("plan", "--difficulty", "40", "--workers", "4", "--json", "-c", "" + overlay);
    assertThat(plan.code()).as("%s", plan.err()).isZero();
    assertThat(plan.out()).anyMatch(row -> row.contains("c7a.xlarge") && row.contains("measured"));
  }

  private CliRun solve(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("solve", "--format", "pow", "--data", "COMSM0010cloud", "--json", "--quiet"));
    arguments.addAll(List.of("--warehouse", warehouse.toString()));
    arguments.addAll(List.of(more));
    return CliRun.of(arguments.toArray(new String[0]));
  }

  private CliRun verify(String id) {
    return CliRun.of("verify", "--search", id, "--json", "--warehouse", warehouse.toString());
  }

  private CliRun named(String query) {
    return CliRun.of("sql", "--named", query, "--json", "--warehouse", warehouse.toString());
  }

  private static JsonNode json(CliRun run, int code) throws IOException {
    assertThat(run.code()).as(run.err().toString()).isEqualTo(code);
    assertThat(run.out()).hasSize(1);
    return JSON.readTree(run.out().get(0));
  }
}
