package io.goldennonce.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.app.ExitCode;
import io.goldennonce.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
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
    List<String> proven = run.out().stream().filter(line -> line.contains("told_root")).toList();
    assertThat(proven)
        .as("the root that SQL computes is the one that the search told")
        .hasSize(3)
        .allMatch(line -> line.matches(".*\"root\":\"([0-9a-f]{64})\",\"told_root\":\"\\1\".*"));
    CliRun one = sql("--named", "stale");
    assertThat(one.out()).hasSize(4);
  }

  @Test
  void query_thatFailsOnAValue_isRefusedInOneLine() {
    for (var refused :
        List.of(
            List.of("SELECT target(substr(bits, 1, 4)) FROM blocks", "target: ", "got 2: '"),
            List.of("SELECT block_hash(hash) FROM blocks", "block_hash takes a header"),
            List.of("DROP TABLE blocks", "the catalog pow is read-only"),
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

  /** In the zone of this JVM, which others run elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Tokyo", "America/New_York"})
  void query_instants_areInUtcInTextAndJson(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      String query =
          "SELECT timestamp_micros(1793511000126117) AS a, timestamp_seconds(1793514600) AS b,"
              + " DATE'1500-02-03' AS d, TIMESTAMP_NTZ'2026-11-01 01:30:00' AS n,"
              + " array(timestamp_micros(-1)) AS l, timestamp_micros(-15000000000000000) AS o";
      assertThat(sql("--json", query).out())
          .containsExactly(
              "{\"a\":\"2026-11-01T05:30:00.126117Z\",\"b\":\"2026-11-01T06:30:00Z\","
                  + "\"d\":\"1500-02-03\",\"n\":\"2026-11-01T01:30\","
                  + "\"l\":[\"1969-12-31T23:59:59.999999Z\"],\"o\":\"1494-09-01T21:20:00Z\"}");
      assertThat(sql(query).out().get(2).split(" +"))
          .containsExactly(
              "2026-11-01T05:30:00.126117Z",
              "2026-11-01T06:30:00Z",
              "1500-02-03",
              "2026-11-01T01:30",
              "[1969-12-31T23:59:59.999999Z]",
              "1494-09-01T21:20:00Z");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void query_binariesAndNestedValues_haveOneForm() {
    String query =
        "SELECT transactions, named_struct('h', bits, 'n', CAST(NULL AS INT)) AS s,"
            + " map('b', array(X'00ff')) AS m, CAST(1.50 AS DECIMAL(20, 10)) AS d, 1e-7D AS e,"
            + " DOUBLE('NaN') AS nan, true AS t, 1 AS a, 2 AS a FROM chain WHERE height = 1";
    assertThat(sql("--json", query).out())
        .containsExactly(
            "{\"transactions\":[\"61\"],\"s\":{\"h\":\"2000ffff\",\"n\":null},"
                + "\"m\":{\"b\":[\"00ff\"]},\"d\":1.5000000000,\"e\":1.0E-7,\"nan\":\"NaN\","
                + "\"t\":true,\"a\":1,\"a\":2}");
    assertThat(sql(query).out().get(2).split("  +"))
        .containsExactly(
            "[61]",
            "{2000ffff, null}",
            "{b -> [00ff]}",
            "1.5000000000",
            "1.0E-7",
            "NaN",
            "true",
            "1",
            "2");
  }

  @Test
  void query_controlCharacters_areShownAndARowIsALine() {
    CliRun run = sql("SELECT 'a\\nb\\tc' AS a, decode(X'1b5b324a', 'UTF-8') AS `\u001b`");
    assertThat(run.out())
        .containsExactly("a            \\x1b", "-----------  -------", "a\\x0ab\\x09c  \\x1b[2J");
    assertThat(sql("--json", "SELECT 'a\\nb' AS a").out()).containsExactly("{\"a\":\"a\\nb\"}");
  }

  @Test
  void query_thatSparkCannotParse_isToldWithItsReason() {
    assertThat(sql("SELEC 2").err())
        .containsExactly(
            "golden-nonce sql: QUERY: [PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'."
                + " SQLSTATE: 42601 (line 1, pos 0)");
    assertThat(sql("SELECT 1;\n  SELECT 1 +").err())
        .singleElement()
        .asString()
        .startsWith("golden-nonce sql: QUERY: statement 2: [PARSE_SYNTAX_ERROR] Syntax error at")
        .endsWith("(line 2, pos 12)");
  }

  /**
   * Statements that fit no table, and a subquery of two rows: whatever SQLSTATE Spark has for it.
   */
  @Test
  void query_thatSparkRefuses_isToldInOneLine() {
    for (String query :
        List.of(
            "INSERT INTO blocks VALUES (1)",
            "DROP TABLE blocks",
            "SELECT (SELECT explode(array(1, 2)))",
            "SELECT 1 UNION SELECT 1, 2")) {
      CliRun run = sql(query);
      assertThat(run.err()).as(query).singleElement().asString().startsWith("golden-nonce sql: ");
      assertThat(run.code()).as(query).isEqualTo(ExitCode.USAGE.code());
    }
  }

  @Test
  void file_withAMistake_isToldWithStatementAndLine() throws IOException {
    Path file = directory.resolve("bad.sql");
    Files.writeString(file, "\uFEFFSELECT r'\\' AS a; /* o /* i */ ; still */\n\nSELECT nope;\n");
    CliRun run = sql("--file", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.out()).containsExactly("a", "-", "\\");
    assertThat(run.err())
        .last()
        .asString()
        .startsWith("golden-nonce sql: --file " + file + ": statement 2: [UNRESOLVED_COLUMN")
        .contains("line 3 pos 7");
  }

  @Test
  void query_thatBeginsWithAComment_isNoOption() {
    assertThat(sql("-- how many\nSELECT 1 AS x").out()).containsExactly("x", "-", "1");
    CliRun run = sql("--jsn", "SELECT 1");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).singleElement().asString().contains("--jsn");
    assertThat(sql("--jsn").err()).singleElement().asString().contains("Unknown option: '--jsn'");
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
