package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

class ShaKernelTest extends EveryLayoutContract {
  ShaKernelTest() {
    super(ShaKernel.candidate().kernel().orElseThrow());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ShaFilter(template), 0);
  }

  @Override
  protected int lanes() {
    return ShaFilter.LANES;
  }
}
