package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

class SuperwordKernelTest extends EveryLayoutContract {
  SuperwordKernelTest() {
    super(new SuperwordKernel());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new SuperwordFilter(template), 0);
  }

  @Override
  protected int lanes() {
    return SuperwordLoops.LANES;
  }
}
