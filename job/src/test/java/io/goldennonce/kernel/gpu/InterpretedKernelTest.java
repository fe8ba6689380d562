package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/** The contract of the program, the launches and the scanner, without a device. */
class InterpretedKernelTest extends EveryLayoutContract {
  private static final GpuKernel KERNEL =
      new GpuKernel(
          "interpreter", 0, new InterpretedDevice(), new LaunchSizes(64, 2048, 1_000_000_000));

  InterpretedKernelTest() {
    super(KERNEL);
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return KERNEL.pureScanner(template);
  }

  @Override
  protected int lanes() {
    return 2; // of none: short ranges, as each nonce takes thousands of steps
  }

  @Override
  protected int many() {
    return 512;
  }
}
