package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);
  private static final NonceTemplate DECIMAL =
      NonceTemplate.of(
          new byte[3],
          new byte[0],
          NonceEncoding.DECIMAL,
          HashFunction.SHA256,
          HashOrder.FIRST_BYTE_HIGH);

  @Test
  void choose_unknownName_listsTheNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.choose("warp", HEADER))
        .withMessageContaining("auto")
        .withMessageContaining("scalar")
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
      Choice choice = Kernels.choose(kernel.name(), HEADER);

      assertThat(choice.kernel().name()).isEqualTo(kernel.name());
      assertThat(choice.warnings()).isEmpty();
    }
  }

  @Test
  void choose_namedKernelCantScanTheTemplate_saysSo() {
    Choice choice = Kernels.choose("scalar", DECIMAL);

    assertThat(choice.kernel().name()).isEqualTo("message-digest");
    assertThat(choice.warnings())
        .contains("kernel scalar: nonces in encoding DECIMAL are not supported");
  }

  @Test
  void choose_autoForDecimalNonces_isMessageDigestWithoutAWord() {
    Choice choice = Kernels.choose(Kernels.AUTO, DECIMAL);

    assertThat(choice.kernel().name()).isEqualTo("message-digest");
    assertThat(choice.warnings()).isEmpty();
  }

  @Test
  void choose_auto_isTheFastestForThisJvm() {
    Choice choice = Kernels.choose(Kernels.AUTO, HEADER);

    boolean wide = Kernels.all().stream().anyMatch(kernel -> kernel.name().equals("vector-512"));
    boolean rotates = Runtime.version().feature() > 17;
    assertThat(choice.kernel().name()).isEqualTo(wide && rotates ? "vector-512" : "superword");
    assertThat(choice.warnings()).isEmpty();
  }

  @Test
  void choose_deviceThatIsNotThere_isTheBestOfTheProcessorAndSaysSo() {
    Choice choice = Kernels.choose("cuda:9999", HEADER);

    assertThat(choice.kernel().name())
        .isEqualTo(Kernels.choose(Kernels.AUTO, HEADER).kernel().name());
    assertThat(choice.warnings())
        .singleElement()
        .asString()
        .startsWith("kernel cuda:9999: no GPU here: ");
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
    NonceKernel blind =
        new NonceKernel() {
          @Override
          public String name() {
            return "blind";
          }

          @Override
          public boolean supports(NonceTemplate template) {
            return true;
          }

          @Override
          public NonceScanner scanner(NonceTemplate template) {
            return (from, to, bound, stop) -> new ScanResult(to, false);
          }
        };

    assertThat(SelfTest.failure(blind).orElseThrow()).contains("must find nonce 2083236893");
  }
}
