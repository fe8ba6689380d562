package io.goldennonce.kernel.gpu.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What NVIDIA's assembler makes of the programs, for GPUs from Turing to Blackwell. */
@Tag("full")
class PtxAssemblyTest {
  private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SPILLS =
      Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores");

  private final Path directory;

  PtxAssemblyTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Turing, Ampere (A100 and A10G), Ada, Hopper, Blackwell. */
  @ParameterizedTest
  @ValueSource(ints = {75, 80, 86, 89, 90, 100})
  void assemble_everyKindOfMessage_fitsIntoRegisters(int architecture) throws Exception {
    for (Map.Entry<String, NonceTemplate> message : messages().entrySet()) {
      String report = assemble(message.getValue(), architecture);

      Matcher registers = REGISTERS.matcher(report);
      assertThat(registers.find()).as(report).isTrue();
      assertThat(Integer.parseInt(registers.group(1)))
          .as("registers of %s for sm_%d", message.getKey(), architecture)
          .isLessThanOrEqualTo(64);
      Matcher spills = SPILLS.matcher(report);
      assertThat(spills.find()).as(report).isTrue();
      assertThat(spills.group(1) + " " + spills.group(2))
          .as("stack and spills of %s for sm_%d", message.getKey(), architecture)
          .isEqualTo("0 0");
    }
  }

  @Test
  void print_header_isForEveryGpuSinceMaxwell() {
    assertThat(ptx(NonceTemplate.ofHeader(new byte[80]))).contains(".target sm_50");
  }

  private static Map<String, NonceTemplate> messages() {
    Map<String, NonceTemplate> messages = new LinkedHashMap<>();
    messages.put("header", NonceTemplate.ofHeader(new byte[80]));
    messages.put("header, rolled version", NonceTemplate.ofHeader(new byte[80], 0xe000));
    messages.put("pattern", message(30, 9, NonceEncoding.HEX).withPattern(new byte[32]));
    messages.put("two blocks", message(62, 40, NonceEncoding.U64_LE));
    messages.put("four blocks", message(30, 200, NonceEncoding.U32_BE));
    messages.put("twelve blocks", message(30, 710, NonceEncoding.U64_BE));
    messages.put("decimal", message(61, 9, NonceEncoding.DECIMAL));
    messages.put("base64", message(30, 9, NonceEncoding.BASE64));
    return messages;
  }

  private static NonceTemplate message(int prefix, int suffix, NonceEncoding encoding) {
    return NonceTemplate.of(
        new byte[prefix], new byte[suffix], encoding, HashFunction.SHA256D, HashOrder.BIG_ENDIAN);
  }

  private static String ptx(NonceTemplate template) {
    WordRun run = WordRun.at(template, template.encoding().nonces() / 2);
    return PtxPrinter.print(HashProgram.of(run.layout()), 63, true);
  }

  private String assemble(NonceTemplate template, int architecture) throws Exception {
    Path source = directory.resolve("program.ptx");
    Files.writeString(source, ptx(template));
    Process process =
        new ProcessBuilder(
                ptxas().toString(),
                "-v",
                "-arch=sm_" + architecture,
                "-o",
                directory.resolve("program.cubin").toString(),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(report).isZero();
    return report;
  }

  /** Skipped with CI=true as well: Debian has no package of it in its main section. */
  private static Path ptxas() throws IOException {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(place -> Path.of(place, "ptxas"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () ->
                Assumptions.abort(
                    "there is no ptxas on the PATH; it is part of NVIDIA's CUDA toolkit, and not in"
                        + " Debian's main section, so that CI may lack it"));
  }
}
