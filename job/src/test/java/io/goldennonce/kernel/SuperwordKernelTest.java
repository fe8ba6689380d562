package io.goldennonce.kernel;

class SuperwordKernelTest extends NonceKernelContract {
  SuperwordKernelTest() {
    super(new SuperwordKernel());
  }

  @Override
  NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new SuperwordFilter(template), 0);
  }

  @Override
  int lanes() {
    return SuperwordLoops.LANES;
  }
}
