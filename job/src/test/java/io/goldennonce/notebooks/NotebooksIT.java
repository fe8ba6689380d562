package io.goldennonce.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.RealHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks, executed by nbconvert, say what {@code sql} says. */
@Tag("full")
class NotebooksIT {
  private static final Path NOTEBOOKS = NotebookRun.ROOT.resolve("notebooks");

  /** A row each. */
  private static final String FACTS =
      """
      SELECT count(*) AS chain FROM chain WHERE height > 0;
      SELECT count(*) AS stale FROM blocks WHERE hash NOT IN (SELECT hash FROM chain);
      SELECT count(*) AS finds, sum(hashes) AS hashes FROM searches
      WHERE command = 'mine' AND outcome = 'found';
      SELECT count(*) AS runs, count_if(outcome = 'exhausted') AS exhausted,
             count_if(planned_p50_seconds > 0) AS planned FROM searches
      """;

  @TempDir private static Path directory = Path.of("set by JUnit");

  private static List<JsonNode> facts = List.of();
  private static Future<String> refused = CompletableFuture.completedFuture("set before all");

  @BeforeAll
  static void execute() throws Exception {
    NotebookRun.requireJupyter();
    String headers = headers().toString();
    String plain = plain().toString();
    // These ask no warehouse, so they run while one is mined.
    ExecutorService meanwhile = Executors.newSingleThreadExecutor();
    Future<String> ofBitcoin =
        meanwhile.submit(
            () -> NotebookRun.of(0, directory, "--headers", headers, kept("bitcoin-headers")));
    refused = meanwhile.submit(() -> NotebookRun.of(1, directory, plain));
    meanwhile.shutdown();
    Path warehouse = ExampleWarehouse.mine(directory, ExampleWarehouse.Size.SMALL);
    NotebookRun.of(
        0,
        directory,
        "--warehouse",
        warehouse.toString(),
        kept("mined-blocks"),
        kept("search-efficiency"));
    facts = facts(warehouse);
    ofBitcoin.get();
  }

  private static String kept(String notebook) {
    return NOTEBOOKS.resolve(notebook + ".ipynb").toString();
  }

  /** A notebook with a cell that EMR Studio would run on the cluster. */
  private static Path plain() throws Exception {
    String notebook = Files.readString(Path.of(kept("mined-blocks")));
    return Files.writeString(
        directory.resolve("plain.ipynb"), notebook.replaceFirst("\"%%configure -f", "\"1 + 1"));
  }

  /** Those that bitcoinj ships, as a CSV. */
  private static Path headers() throws Exception {
    List<String> lines = new ArrayList<>(List.of("height,header_hex,hash"));
    for (RealHeaders.Checkpoint checkpoint : RealHeaders.checkpoints()) {
      BlockHeader header = BlockHeader.parse(HexFormat.of().parseHex(checkpoint.hex()));
      lines.add(checkpoint.height() + "," + checkpoint.hex() + "," + header.hash().toDisplay());
    }
    return Files.write(directory.resolve("headers.csv"), lines);
  }

  @Test
  void minedBlocks_executed_saysWhatSqlSays() throws Exception {
    Notebook notebook = drawn("mined-blocks");
    assertThat(notebook.fact("blocks on the chain: (\\d+)"))
        .isEqualTo(facts.get(0).get("chain").asText());
    assertThat(notebook.fact("stale blocks: (\\d+) of .*"))
        .isEqualTo(facts.get(1).get("stale").asText());
    assertThat(facts.get(1).get("stale").asInt()).isPositive();
    assertThat(notebook.fact("finds: (\\d+) in .*")).isEqualTo(facts.get(2).get("finds").asText());
  }

  @Test
  void searchEfficiency_executed_saysWhatSqlSays() throws Exception {
    Notebook notebook = drawn("search-efficiency");
    assertThat(notebook.fact("runs: (\\d+)")).isEqualTo(facts.get(3).get("runs").asText());
    assertThat(notebook.fact("exhausted searches: (\\d+), gap 0, overlap of all 0"))
        .isEqualTo(facts.get(3).get("exhausted").asText());
    assertThat(notebook.fact("planned runs: (\\d+)"))
        .isEqualTo(facts.get(3).get("planned").asText());
  }

  @Test
  void bitcoinHeaders_executed_agreesWithTheChainOfBitcoin() throws Exception {
    Notebook notebook = drawn("bitcoin-headers");
    int headers = RealHeaders.checkpoints().size();
    assertThat(notebook.fact("headers: (\\d+), hashes that agree: .*")).isEqualTo("" + headers);
    assertThat(notebook.fact("headers: .*, targets met: (\\d+)")).isEqualTo("" + headers);
    // As block explorers show it: 110.45 T.
    assertThat(notebook.fact("last difficulty: ([\\d.]+) at height 878976"))
        .isEqualTo("110451907374649.52");
  }

  @Test
  void cell_thatEmrStudioWouldRunOnTheCluster_fails() throws Exception {
    assertThat(refused.get())
        .contains("a cell must begin with %%configure [-f], %%sql -q [-o NAME] or %%local, got: 1");
  }

  @Test
  void run_withoutNotebooks_isOfAll() throws Exception {
    assertThat(NotebookRun.of(2, directory)).contains("bitcoin-headers needs --headers FILE");
  }

  private static Notebook drawn(String name) throws Exception {
    Notebook notebook = Notebook.read(directory, name);
    assertThat(notebook.plots()).isPositive();
    assertThat(notebook.images()).isEqualTo(notebook.plots());
    assertThat(notebook.code()).isEqualTo(Notebook.read(NOTEBOOKS, name).code());
    return notebook;
  }

  private static List<JsonNode> facts(Path warehouse) throws Exception {
    Path file = Files.writeString(directory.resolve("facts.sql"), FACTS);
    CliRun run =
        CliRun.of("sql", "--file", file.toString(), "--json", "--warehouse", warehouse.toString());
    assertThat(run.code()).as(() -> String.join("\n", run.err())).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out()) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }
}
