package io.goldennonce.kernel;

class Vector128KernelTest extends NonceKernelContract {
  private static final VectorKernel KERNEL = new VectorKernel(128);

  Vector128KernelTest() {
    super(KERNEL);
  }

  @Override
  NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, KERNEL.filter(template), 0);
  }

  @Override
  int lanes() {
    return 8;
  }
}
