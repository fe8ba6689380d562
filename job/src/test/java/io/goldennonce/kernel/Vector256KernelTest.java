package io.goldennonce.kernel;

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
