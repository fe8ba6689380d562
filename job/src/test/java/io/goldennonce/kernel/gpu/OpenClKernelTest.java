package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceKernelContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.SelfTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The contract on OpenCL, where a processor will do: Debian's PoCL, which takes some ten seconds
 * for each kind of message.
 */
class OpenClKernelTest extends NonceKernelContract {
  OpenClKernelTest() {
    super(OpenClDevices.kernel());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return OpenClDevices.kernel().pureScanner(template);
  }

  @Override
  protected int lanes() {
    return 64;
  }

  @Test
  void selfTest_nonceAcrossTwoBlocks_passes() {
    NonceTemplate template =
        NonceTemplate.of(
            new byte[62],
            new byte[40],
            NonceEncoding.U64_LE,
            HashFunction.SHA256D,
            HashOrder.LITTLE_ENDIAN);

    assertThat(SelfTest.failure(OpenClDevices.kernel(), template)).isEmpty();
  }

  /** Two versions in a program that runs four times, and compares with a pattern. */
  @Test
  void selfTest_rolledVersionAndPattern_passes() {
    byte[] pattern = new byte[32];
    Arrays.fill(pattern, (byte) 0xa5);
    NonceTemplate template = NonceTemplate.ofHeader(new byte[80], 0xe000).withPattern(pattern);

    assertThat(SelfTest.failure(OpenClDevices.kernel(), template)).isEmpty();
  }

  @Test
  void selfTest_decimalNonce_passes() {
    NonceTemplate template =
        NonceTemplate.of(
            new byte[11],
            new byte[2],
            NonceEncoding.DECIMAL,
            HashFunction.SHA256,
            HashOrder.BIG_ENDIAN);

    assertThat(SelfTest.failure(OpenClDevices.kernel(), template)).isEmpty();
  }
}
