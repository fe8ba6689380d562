package io.goldennonce.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a generated pool to the chain, and what an audit says of it on the way. */
@Tag("spark")
class PoolCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path pool;
  private final String warehouse;

  PoolCommandsTest(@TempDir Path directory) {
    this.pool = directory.resolve("pool");
    this.warehouse = directory.resolve("warehouse").toString();
  }

  @Test
  void mine_aGeneratedPool_minesAllOnceAndTheAuditAgrees() throws IOException {
    CliRun generated =
        run(
            "generate",
            "--rate=1000",
            "--count=45",
            "--seed=7",
            "--json",
            "--transactions=" + pool);
    assertThat(JSON.readTree(generated.out().get(0)).get("transactions").asLong()).isEqualTo(45);
    Files.writeString(pool.resolve("bad.jsonl"), "{\"to\": \"me\"}\nnonsense\n");

    List<JsonNode> blocks = mine("--blocks=3", "--max-wait=1s");
    assertThat(blocks)
        .extracting(block -> block.get("height").asLong())
        .containsExactly(1L, 2L, 3L);
    // 20, 20, and after a second 5.
    assertThat(
            sql(
                "SELECT count(*) AS n, count(DISTINCT id) AS ids, count(amount) AS transfers"
                    + " FROM transactions WHERE height > 0 GROUP BY height ORDER BY height"))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"n\":20,\"ids\":20,\"transfers\":20}",
            "{\"n\":20,\"ids\":20,\"transfers\":20}",
            "{\"n\":5,\"ids\":5,\"transfers\":5}");
    assertThat(sql("SELECT kind, count(*) AS n FROM events GROUP BY kind ORDER BY kind"))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"kind\":\"block_added\",\"n\":3}",
            "{\"kind\":\"block_found\",\"n\":3}",
            "{\"kind\":\"transaction_added\",\"n\":45}");
    assertThat(sql("SELECT source, position, reason FROM rejected ORDER BY position"))
        .extracting(row -> row.get("position").asLong(), row -> row.get("source").asText())
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(0L, "bad.jsonl"),
            org.assertj.core.api.Assertions.tuple(13L, "bad.jsonl"));
    CliRun sound = audit(0);
    assertThat(sound.out()).isEmpty();
    assertThat(sound.err())
        .containsExactly(
            "golden-nonce audit: 45 mined, 0 pending, 0 returned, 0 lost, 0 unpooled, 0 mined"
                + " twice");

    // Nothing is left: the deadline comes first, and is told as such.
    CliRun waiting = CliRun.of(mineArguments("--timeout=1s").toArray(String[]::new));
    assertThat(waiting.code()).isEqualTo(ExitCode.DEADLINE.code());
    assertThat(waiting.out()).isEmpty();

    Files.writeString(pool.resolve("late.csv"), "data\nlate\n");
    CliRun pending = audit(0);
    assertThat(JSON.readTree(pending.out().get(0)).get("state").asText()).isEqualTo("pending");
    assertThat(audit(1, "--max-pending=0.001s").out()).hasSize(1);
    // A block that is not from the pool is found, and one that is waiting is mined by it.
    run("mine", "--data=late", "--difficulty=8", "--quiet", "--warehouse=" + warehouse);
    assertThat(audit(0).out()).isEmpty();
    run("mine", "--data=foreign", "--difficulty=8", "--quiet", "--warehouse=" + warehouse);
    assertThat(JSON.readTree(audit(1).out().get(0)).get("state").asText()).isEqualTo("unpooled");
  }

  @Test
  void audit_whatThePoolLost_isPutBack() throws IOException {
    Files.createDirectories(pool);
    Files.writeString(pool.resolve("a.jsonl"), "{\"data\":\"a\"}\n{\"data\":\"b\"}\n");
    List<String> arguments = mineArguments("--max-wait=0.1s");
    arguments.add("-Dchain.block-transactions=1");
    assertThat(CliRun.of(arguments.toArray(String[]::new)).code()).isZero();
    // Nothing is lost yet; that it could not be put back is told all the same.
    CliRun file =
        CliRun.of(
            "audit",
            "--rebroadcast",
            "--transactions=" + pool.resolve("a.jsonl"),
            "--warehouse=" + warehouse);
    assertThat(file.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(file.err())
        .singleElement()
        .asString()
        .contains("only a pool that is a directory can be written to");
    Files.delete(pool.resolve("a.jsonl"));

    CliRun lost = audit(1);
    assertThat(lost.out()).hasSize(1);
    assertThat(JSON.readTree(lost.out().get(0)).get("state").asText()).isEqualTo("lost");
    assertThat(audit(0, "--rebroadcast").err()).anyMatch(line -> line.contains("1 lost"));
    assertThat(JSON.readTree(audit(0).out().get(0)).get("state").asText()).isEqualTo("pending");
    assertThat(mine("--max-wait=0.1s")).hasSize(1);
    assertThat(audit(0).out()).isEmpty();
    assertThat(
            sql("SELECT string(payload) AS p FROM transactions WHERE height > 0 ORDER BY height"))
        .extracting(row -> row.get("p").asText())
        .containsExactly("a", "b");
  }

  private CliRun audit(int code, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("audit", "--json", "--transactions=" + pool, "--warehouse=" + warehouse));
    arguments.addAll(List.of(more));
    CliRun run = CliRun.of(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.toString()).isEqualTo(code);
    return run;
  }

  private List<JsonNode> mine(String... more) throws IOException {
    return rows(run(mineArguments(more).toArray(String[]::new)));
  }

  private List<String> mineArguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "mine",
                "--transactions=" + pool,
                "--difficulty=8",
                "--json",
                "--quiet",
                "-Dpool.interval=100ms",
                "--warehouse=" + warehouse));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private List<JsonNode> sql(String query) throws IOException {
    return rows(run("sql", query, "--json", "--warehouse=" + warehouse));
  }

  private static CliRun run(String... arguments) {
    CliRun run = CliRun.of(arguments);
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  private static List<JsonNode> rows(CliRun run) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
