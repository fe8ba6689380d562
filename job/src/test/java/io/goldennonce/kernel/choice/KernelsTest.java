package io.goldennonce.kernel.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.SelfTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);
  private static final NonceTemplate DECIMAL =
      NonceTemplate.of(
          new byte[3],
          new byte[0],
          NonceEncoding.DECIMAL,
          HashFunction.SHA256,
          HashOrder.BIG_ENDIAN);

  @Test
  void choose_unknownName_listsTheNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.choose("warp", HEADER))
        .withMessageContaining("auto")
        .withMessageContaining("superword")
        .withMessageContaining("message-digest")
        .withMessageContaining("got warp");
  }

  @Test
  void choose_everyName_givesAKernelThatSupportsTheTemplate() {
    for (String name : Kernels.names()) {
      for (NonceTemplate template : new NonceTemplate[] {HEADER, DECIMAL}) {
        assertThat(Kernels.choose(name, template).kernel().supports(template)).isTrue();
      }
    }
  }

  @Test
  void choose_byName_givesThatKernel() {
    for (NonceKernel kernel : Kernels.all()) {
      KernelSelection choice = Kernels.choose(kernel.name(), HEADER);

      assertThat(choice.kernel().name()).isEqualTo(kernel.name());
      assertThat(choice.warnings()).isEmpty();
    }
  }

  @Test
  void choose_autoForNoncesInText_isAFastKernel() {
    KernelSelection selection = Kernels.choose(Kernels.AUTO, DECIMAL);

    assertThat(selection.kernel().name()).isNotEqualTo("message-digest");
    assertThat(selection.warnings()).isEmpty();
  }

  @Test
  void choose_auto_startsWithTheKernelExpectedToBeFastest() {
    KernelSelection selection = Kernels.choose(Kernels.AUTO, HEADER);

    assertThat(selection.kernel().name()).isIn("vector-512", "superword", "sha-interleaved");
    assertThat(selection.warnings()).isEmpty();
  }

  @Test
  void warm_auto_saysWhatItWasComparedWith() {
    KernelSelection selection = Kernels.warm(Kernels.AUTO, HEADER);

    assertThat(Kernels.all()).contains(selection.kernel());
    assertThat(selection.reason())
        .satisfiesAnyOf(
            reason -> assertThat(reason).startsWith("in turns ").contains(" made ", " MH/s"),
            reason -> assertThat(reason).contains(" is not used: it reached "));
  }

  @Test
  void warm_named_isThatKernel() {
    KernelSelection selection = Kernels.warm("superword", HEADER);

    assertThat(selection.kernel().name()).isIn("superword", "message-digest");
    assertThat(selection.reason()).isEqualTo("asked for");
  }

  @Test
  void choose_deviceThatIsNotThere_isTheBestOfTheProcessorAndSaysSo() {
    KernelSelection choice = Kernels.choose("cuda:9999", HEADER);

    assertThat(choice.kernel().name())
        .isEqualTo(Kernels.choose(Kernels.AUTO, HEADER).kernel().name());
    assertThat(choice.warnings())
        .singleElement()
        .asString()
        .startsWith("kernel cuda:9999: no GPU found: ");
  }

  /** The kind {@code failing} is that of the tests, with one device. */
  @Test
  void slots_areOnePerProcessorOrPerDevice() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(Kernels.slots(Kernels.AUTO)).isEqualTo(processors);
    assertThat(Kernels.slots("superword")).isEqualTo(processors);
    assertThat(Kernels.slots("failing")).isEqualTo(1);
    assertThat(Kernels.slots("failing:0")).isEqualTo(1);
    assertThat(Kernels.slots("none-here")).as("no such device").isEqualTo(processors);
  }

  @Test
  void isName_devices_withOrWithoutAnAddress() {
    assertThat(Kernels.names()).contains("gpu", "cuda", "opencl");
    assertThat(Kernels.isName("gpu")).isTrue();
    assertThat(Kernels.isName("cuda:0")).isTrue();
    assertThat(Kernels.isName("opencl:12")).isTrue();
    for (String wrong : new String[] {"cuda:", "cuda:x", "cuda:-1", "superword:0", ":0", "warp"}) {
      assertThat(Kernels.isName(wrong)).as(wrong).isFalse();
    }
  }

  /** In a JVM of its own, since this one has the options. */
  @Test
  void refusals_withoutTheJvmsOptions_nameThem() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Refusals.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lines.lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("\"--add-modules=jdk.incubator.vector\""))
        .anyMatch(
            line ->
                line.startsWith("kernel sha-interleaved ")
                    && line.contains("=--add-opens=java.base/sun.security.provider=ALL-UNNAMED"));
  }

  /** Prints why kernels can't run. */
  static final class Refusals {
    public static void main(String[] arguments) {
      Kernels.refusals().forEach(System.out::println);
    }
  }

  @Test
  void onDevice_autoAndDevices_takeTheAddress() {
    assertThat(Kernels.onDevice("auto", "1")).isEqualTo("gpu:1");
    assertThat(Kernels.onDevice("opencl", "0")).isEqualTo("opencl:0");
    assertThat(Kernels.onDevice("cuda:3", "0")).isEqualTo("cuda:3");
    assertThat(Kernels.onDevice("superword", "0")).isEqualTo("superword");
  }

  @Test
  void selfTest_everyKernel_passes() {
    for (NonceKernel kernel : Kernels.all()) {
      assertThat(SelfTest.failure(kernel)).as(kernel.name()).isEmpty();
    }
  }

  @Test
  void selfTest_kernelThatMissesHits_fails() {
    assertThat(SelfTest.failure(new BlindKernel()).orElseThrow())
        .contains("must find nonce 2083236893");
  }

  /** Finds nothing, and scans binary nonces only. */
  private static final class BlindKernel implements NonceKernel {
    @Override
    public String name() {
      return "blind";
    }

    @Override
    public boolean supports(NonceTemplate template) {
      return !template.encoding().isText();
    }

    @Override
    public NonceScanner scanner(NonceTemplate template) {
      return (from, to, bound, stop) -> new ScanResult(to, false);
    }
  }
}
