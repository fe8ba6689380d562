package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

class Vector256KernelTest extends EveryLayoutContract {
  private static final VectorKernel KERNEL = new VectorKernel(256);

  Vector256KernelTest() {
    super(KERNEL);
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, KERNEL.filter(template), 0);
  }

  @Override
  protected int lanes() {
    return 16;
  }
}
