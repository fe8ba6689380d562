package io.goldennonce.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.cli.CliRun;
import io.goldennonce.stratum.TestPool;
import io.goldennonce.testing.EnoughTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code work --pool} from the command line to the table, on Spark. */
@Tag("spark")
class PoolCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USER = "bc1qexample.rig7";
  private static final String PASSWORD = "s3cr3t-of-the-pool";

  /** Half a million hashes per share. */
  private static final double SOME = 1.0 / (1 << 13);

  private final TestPool pool = TestPool.start().asks(SOME);
  private final Path directory;

  PoolCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() {
    pool.close();
  }

  @Test
  void work_untilThereAreShares_printsAndKeepsThemAndTheyFitTheHashesTried() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    pool.on("207fffff").job(true);

    CliRun run =
        work("--shares", "20", "--json", "--password-file", file.toString(), "--kernel", "auto");

    assertThat(run.code()).as(run.err().toString()).isZero();
    assertThat(run.out()).hasSizeGreaterThanOrEqualTo(20);
    JsonNode first = JSON.readTree(run.out().get(0));
    assertThat(first.fieldNames())
        .toIterable()
        .startsWith("pool", "worker", "job_id", "hash", "verdict", "is_block", "difficulty");
    assertThat(first.get("worker").asText()).isEqualTo(USER);
    assertThat(first.get("is_block").asBoolean()).isTrue();
    assertThat(pool.verdicts())
        .hasSizeGreaterThanOrEqualTo(20)
        .allMatch(TestPool.Verdict::taken, "by the pool's own code");
    assertThat(run.err())
        .anyMatch(line -> line.contains("found block ") && line.endsWith("verdict: accepted"))
        .last()
        .asString()
        .contains("shares: " + pool.taken() + " accepted (difficulty ")
        .endsWith("0 rejected, 0 stale; blocks: " + pool.taken());
    assertThat(String.join("\n", run.err()) + run.out() + run.log()).doesNotContain(PASSWORD);

    assertThat(sql("SELECT count(*) AS n FROM shares WHERE verdict = 'accepted' AND is_block"))
        .containsExactly("{\"n\":" + pool.taken() + "}");
    assertThat(
            sql(
                "SELECT count(*) AS n FROM shares s JOIN searches r ON s.search_id = r.search_id"
                    + " WHERE r.template LIKE 'stratum %'"))
        .containsExactly("{\"n\":" + pool.taken() + "}");
    CliRun evidence = run("sql", "--named", "shares", "--json");
    assertThat(evidence.out()).as(evidence.err().toString()).hasSize(1);
    JsonNode row = JSON.readTree(evidence.out().get(0));
    assertThat(row.get("pool").asText()).isEqualTo(pool.url());
    assertThat(row.get("shares").asLong()).isEqualTo(pool.taken());
    // Beyond six standard deviations once in a thousand million runs.
    assertThat(row.get("evidence_sigmas").asDouble()).isCloseTo(0, within(6.0));
    assertThat(row.get("claimed_hashes").asDouble())
        .isCloseTo(pool.taken() * SOME * 65536.0 / 65535 * Math.pow(2, 32), within(1e3));
  }

  /** A job without a share to be found in a lifetime, until another one comes. */
  @Test
  void work_cleanJob_stopsTheSearchUnderWay() throws Exception {
    Path status = directory.resolve("status.json");
    pool.asks(1e12).job(true);
    CompletableFuture<CliRun> run =
        CompletableFuture.supplyAsync(
            () -> work("--shares", "1", "--json", "--status", status.toString()));
    while (!Files.exists(status) || !Files.readString(status).contains("\"running\"")) {
      assertThat(run).isNotDone();
      Thread.sleep(20);
    }
    pool.asks(SOME).job(true);
    CliRun ended = run.get();
    assertThat(ended.code()).as(ended.err().toString()).isZero();
    assertThat(JSON.readTree(ended.out().get(0)).get("job_id").asText()).isEqualTo("3");
    assertThat(ended.err()).as("jobs come and go").hasSize(1);
  }

  @Test
  void work_deadline_endsWith3AndTheSharesSoFar() throws Exception {
    CliRun run =
        EnoughTime.of(
            2,
            seconds -> work("--timeout", seconds + "s", "--json"),
            ended -> !pool.verdicts().isEmpty());
    assertThat(run.code()).isEqualTo(ExitCode.DEADLINE.code());
    assertThat(run.out()).hasSameSizeAs(pool.verdicts());
    assertThat(pool.verdicts()).allMatch(TestPool.Verdict::taken);
  }

  @Test
  void work_workerRefused_endsWith2AndWritesNothing() {
    pool.letsNobodyIn();
    CliRun run = work("--shares", "1");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("refuses the worker " + USER + " (Unauthorized worker); check --user");
    assertThat(directory.resolve("warehouse")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shares 0               | --shares must be 1 or more, got 0",
        "--blocks 1               | --blocks is for --node and --service; give --pool --shares N",
        "--result lowest          | --pool submits every share; leave out --result",
        "--pool http://h:1        | --pool: a pool's URL must be stratum+tcp://HOST:PORT",
        "--pool stratum+tcp://a:b@h:1 | give them by --user and --password-file",
        "--password-file /nowhere | --password-file must be a file that can be read, got /nowhere",
        "-Dstratum.certificates=/nowhere | stratum.certificates",
        "--node http://127.0.0.1:1 --payout 51 | mutually exclusive",
      })
  void work_badOption_isRefusedInOneLine(String options, String rule) {
    CliRun run = work(options.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).singleElement().asString().contains(rule);
    assertThat(pool.calls()).isEmpty();
  }

  private CliRun work(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("work", "--pool", pool.url(), "--user", USER, "--quiet"));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private List<String> sql(String query) {
    CliRun run = run("sql", query, "--json");
    assertThat(run.code()).as(run.err().toString()).isZero();
    return run.out();
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of(
                    "--warehouse",
                    directory.resolve("warehouse").toString(),
                    "-D",
                    "spark.master=local[2]",
                    "-D",
                    "spark.ui.enabled=false"))
            .toArray(String[]::new));
  }
}
