package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/** The way to rotate that this JVM would not choose. */
class Vector512OtherRotationTest extends EveryLayoutContract {
  private static final VectorKernel KERNEL =
      new VectorKernel(512, Runtime.version().feature() <= 17);

  Vector512OtherRotationTest() {
    super(KERNEL);
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, KERNEL.filter(template), 0);
  }

  @Override
  protected int lanes() {
    return 32;
  }
}
