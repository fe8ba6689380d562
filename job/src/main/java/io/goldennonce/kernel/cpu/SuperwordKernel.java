package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/** Plain Java without JVM options: the compiler vectorizes its loops over arrays. */
final class SuperwordKernel implements NonceKernel {
  @Override
  public String name() {
    return "superword";
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new SuperwordFilter(template));
  }
}
