package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

class ScalarKernelTest extends EveryLayoutContract {
  ScalarKernelTest() {
    super(new ScalarKernel());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ScalarFilter(template), 0);
  }

  @Override
  protected int lanes() {
    return 1;
  }
}
