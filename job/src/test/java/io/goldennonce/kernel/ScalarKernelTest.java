package io.goldennonce.kernel;

class ScalarKernelTest extends NonceKernelContract {
  ScalarKernelTest() {
    super(new ScalarKernel());
  }

  @Override
  NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ScalarFilter(template), 0);
  }

  @Override
  int lanes() {
    return 1;
  }
}
