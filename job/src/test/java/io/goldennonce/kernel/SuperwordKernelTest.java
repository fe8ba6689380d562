package io.goldennonce.kernel;

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
