package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {
  @TempDir private static Path directory = Path.of("set by JUnit");

  @BeforeAll
  static void mine() {
    CliRun run =
        CliRun.of(
            "mine",
            "--data",
            "a",
            "--difficulty",
            "8",
            "--blocks",
            "3",
            "--quiet",
            "--warehouse",
            directory.resolve("warehouse").toString());
    assertThat(run.code()).as(String.join("\n", run.err())).isZero();
  }

  @Test
  void file_ofSeveralStatements_answersEach() throws IOException {
    Path file = directory.resolve("queries.sql");
    Files.writeString(
        file,
        """
        -- A view has no answer; it is there for the statements after it.
        CREATE TEMPORARY VIEW tip AS SELECT max(height) AS tip FROM chain;
        SELECT * FROM tip;
        SELECT count_if(block_hash(header) = hash) AS named, ';' AS mark FROM blocks;
        """);
    CliRun run = sql("--file", file.toString());
    assertThat(run.code()).as(String.join("\n", run.err())).isZero();
    assertThat(run.out())
        .containsExactly("tip", "---", "3", "", "named  mark", "-----  ----", "4      ;");
  }

  @Test
  void named_each_hasRowsOfAChainJustMined() throws IOException {
    // One start for all: as --named, each takes one.
    StringBuilder script = new StringBuilder();
    for (NamedQuery query : NamedQuery.values()) {
      script.append(query.text()).append(";\n");
    }
    Path file = Files.writeString(directory.resolve("named.sql"), script);
    CliRun run = sql("--json", "--file", file.toString());
    assertThat(run.code()).as(String.join("\n", run.err())).isZero();
    String all = String.join("\n", run.out());
    assertThat(all)
        .contains("\"overlap\":0,\"lowest_solution\":", "\"evidence_mean\":", "\"mean_seconds\":")
        .contains("{\"command\":\"mine\",\"searches\":3,\"finds\":3,")
        .contains("{\"sixteenth\":0,\"blocks\":3,\"share\":1.0", "\"mega_hashes_per_second\":")
        .contains("{\"miner\":\"anonymous\",\"blocks\":3,\"stale\":0,\"stale_rate\":0.0")
        .contains("\"miner\":\"all\"");
    CliRun one = sql("--named", "stale");
    assertThat(one.out()).hasSize(4);
  }

  @Test
  void query_thatFailsOnAValue_isRefusedInOneLine() {
    for (var refused :
        List.of(
            List.of("SELECT target(substr(bits, 1, 4)) FROM blocks", "target: ", "got 2: '"),
            List.of("SELECT block_hash(hash) FROM blocks", "block_hash takes a header"),
            List.of("DROP TABLE blocks", "the catalog pow is only read"),
            List.of("SELECT no_such(hash) FROM blocks", "no_such"))) {
      CliRun run = sql(refused.get(0));
      assertThat(run.code()).as(refused.get(0)).isEqualTo(ExitCode.USAGE.code());
      // Before it, Spark's executor may log the trace of a task that failed.
      assertThat(run.err())
          .last()
          .asString()
          .startsWith("golden-nonce sql: QUERY: ")
          .contains(refused.subList(1, refused.size()));
      assertThat(run.out()).isEmpty();
    }
  }

  private static CliRun sql(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "sql";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--warehouse";
    all[arguments.length + 2] = directory.resolve("warehouse").toString();
    return CliRun.of(all);
  }
}
