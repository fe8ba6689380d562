package io.goldennonce.kernel;

class Vector256KernelTest extends NonceKernelContract {
  private static final VectorKernel KERNEL = new VectorKernel(256);

  Vector256KernelTest() {
    super(KERNEL);
  }

  @Override
  NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, KERNEL.filter(template), 0);
  }

  @Override
  int lanes() {
    return 16;
  }
}
