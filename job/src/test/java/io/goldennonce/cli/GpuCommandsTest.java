package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.kernel.gpu.OpenClDevices;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.testing.EnoughTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with the kernel of a device, on OpenCL, where a processor will do. */
@Tag("spark")
class GpuCommandsTest {
  private final String warehouse;

  GpuCommandsTest(@TempDir Path directory) {
    this.warehouse = directory.resolve("warehouse").toString();
  }

  @Test
  void mine_onOpenCl_isVerifiedAndSaysWhichKernel() throws IOException {
    warmUp();

    CliRun mined =
        CliRun.of(
            "mine",
            "--data",
            "by a device",
            "--difficulty",
            "21",
            "--kernel",
            "opencl",
            "--json",
            "--warehouse",
            warehouse);
    assertThat(mined.code()).as("%s", mined.err()).isZero();
    JsonNode block = new ObjectMapper().readTree(mined.out().get(mined.out().size() - 1));
    BlockHeader header = BlockHeader.ofHex(block.get("header").asText());
    assertThat(header.hash().toNumber().bitLength()).isLessThanOrEqualTo(256 - 21);
    assertThat(block.get("hashes_exact").asBoolean()).isTrue();
    assertThat(sql("SELECT DISTINCT kernel FROM ranges"))
        .containsExactly("{\"kernel\":\"opencl\"}");
    assertThat(CliRun.of("verify", "--warehouse", warehouse).code()).isZero();
  }

  @Test
  void mine_stoppedAndStartedAgain_goesOnWhereItWas() throws Exception {
    warmUp();
    String runs = "SELECT count(DISTINCT run_id) AS n FROM ranges";
    EnoughTime.of(2, this::mineUntil, seconds -> sql(runs).equals(List.of("{\"n\":1}")));
    EnoughTime.of(2, this::mineUntil, seconds -> sql(runs).equals(List.of("{\"n\":2}")));

    assertThat(sql("SELECT count(DISTINCT search_id) AS n FROM ranges"))
        .containsExactly("{\"n\":1}");
    assertThat(
            sql(
                "SELECT count(*) AS n FROM ranges a JOIN ranges b ON a.`from` < b.`from` AND"
                    + " b.`from` < a.`to`"))
        .as("ranges that overlap")
        .containsExactly("{\"n\":0}");
  }

  /** A search that only its deadline ends. */
  private int mineUntil(int seconds) {
    String[] command = {
      "mine",
      "--data=never",
      "--difficulty=120",
      "--kernel=opencl",
      "--timeout=" + seconds + "s",
      "--warehouse=" + warehouse
    };
    assertThat(CliRun.of(command).code()).isEqualTo(3);
    return seconds;
  }

  @Test
  void mine_deviceThatIsNotThere_minesOnTheProcessorAndSaysSo() {
    CliRun mined =
        CliRun.of(
            "mine",
            "--data",
            "none",
            "--difficulty",
            "12",
            "--kernel",
            "cuda:9999",
            "--warehouse",
            warehouse);

    assertThat(mined.code()).isZero();
    assertThat(mined.err()).anyMatch(line -> line.startsWith("kernel cuda:9999: no GPU found: "));
  }

  @Test
  void bench_ofADevice_printsItsRate() throws IOException {
    OpenClDevices.require();

    CliRun run = CliRun.of("bench", "--kernel", "opencl", "--seconds", "1", "--json");

    assertThat(run.code()).as("%s", run.err()).isZero();
    JsonNode row = new ObjectMapper().readTree(run.out().get(0));
    assertThat(row.get("rate").asLong()).isPositive();
    assertThat(row.get("choice").asText()).isEqualTo("opencl: asked for");
    assertThat(row.get("instance").asText())
        .matches("\"TYPE\" \\{ rate-per-gpu = [0-9.]+e6, rate-is = measured \\}");
  }

  @Test
  void bench_deviceThatIsNotThere_isRefused() {
    CliRun run = CliRun.of("bench", "--kernel", "cuda:9999");

    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .anyMatch(line -> line.contains("kernel cuda:9999: no GPU found: "))
        .noneMatch(line -> line.startsWith("\tat "));
  }

  /** Else a kernel of the CPU would find the block while the device's compiler works. */
  private static void warmUp() {
    OpenClDevices.require();
    // As mine's: the version rolls.
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80], 0xe000);
    assertThat(Kernels.warm("opencl", header).kernel().name()).isEqualTo("opencl");
  }

  private List<String> sql(String query) {
    CliRun run = CliRun.of("sql", query, "--json", "--warehouse", warehouse);
    assertThat(run.code()).as("%s", run.err()).isZero();
    return run.out();
  }
}
