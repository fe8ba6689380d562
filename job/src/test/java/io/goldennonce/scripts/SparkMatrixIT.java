package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cluster.SparkClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The one jar, submitted as users do, to a real home of each Spark it is made for. */
@ParameterizedClass
@ValueSource(strings = {"3.5", "4.0", "4.2"})
@Tag("full")
class SparkMatrixIT {
  /** Bitcoin's mainnet block 8451, whose nonce is an early one: 102331. */
  private static final String BLOCK_8451 =
      "0100000044024bc63493f8d96723cd193bcd8d888b64260061dd1d632e844ae7000000003f3664cda5b0e39b"
          + "580a9ef37b8e6c718b3894885e69ed0be736d093cc2cdc5e30c8c749ffff001dbb8f0100";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameter private String spark = "set by JUnit";
  @TempDir private Path directory = Path.of("set by JUnit");
  private Path home = Path.of("set before each");

  @BeforeEach
  void findHome() throws Exception {
    home = Program.sparkHome(spark);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void noCommand_printsTheUsage() throws Exception {
    Program.Ended ended = submit();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("Usage: ").contains("mine", "grind", "sql");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void mine_twoBlocks_appendsToOneChainThatSqlReads() throws Exception {
    String warehouse = directory.resolve("warehouse").toString();
    Program.Ended mined =
        submit(
            "mine",
            "--data=hello",
            "--difficulty=16",
            "--blocks=2",
            "--json",
            "--warehouse=" + warehouse);
    assertThat(mined.code()).as(mined.err()).isZero();
    List<JsonNode> found = json(mined);
    assertThat(found).hasSize(2);
    JsonNode first = found.get(0);
    JsonNode second = found.get(1);
    assertThat(first.get("height").asLong()).isEqualTo(1);
    assertThat(second.get("height").asLong()).isEqualTo(2);
    assertThat(second.get("previous_hash")).isEqualTo(first.get("hash"));

    Program.Ended rows =
        submit(
            "sql",
            "SELECT height, hash, nonce FROM chain ORDER BY height",
            "--warehouse",
            warehouse,
            "--json");
    assertThat(rows.code()).as(rows.err()).isZero();
    assertThat(json(rows))
        .extracting(block -> block.get("height").asLong(), block -> block.get("hash").asText())
        .containsExactly(
            tuple(0L, first.get("previous_hash").asText()),
            tuple(1L, first.get("hash").asText()),
            tuple(2L, second.get("hash").asText()));

    Program.Ended verified = submit("verify", warehouse);
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.err()).contains("3 blocks, 3 on the chain, 0 faults");
    Program.Ended compacted = submit("compact", warehouse);
    assertThat(compacted.code()).as(compacted.err()).isZero();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void grind_realHeaderWithoutItsNonce_isTheRealHeader() throws Exception {
    String zeroed = BLOCK_8451.substring(0, 152) + "00000000";
    Program.Ended ended = submit(List.of(), "grind", zeroed, "--result", "first");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo(BLOCK_8451 + System.lineSeparator());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void wrongUsage_endsWithItsOneLineAndCode() throws Exception {
    Program.Ended ended = submit("mine", "--data", "hello", "--difficulty", "-1");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("golden-nonce mine: ").doesNotContain("\tat ");
  }

  private static List<JsonNode> json(Program.Ended ended) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : ended.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private Program.Ended submit(String... program) throws Exception {
    return submit(List.of("--driver-java-options", SparkClasses.options()), program);
  }

  private Program.Ended submit(List<String> options, String... program) throws Exception {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]"));
    all.addAll(options);
    return Program.job(home, all, List.of(program)).run(directory);
  }
}
