package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/**
 * Plain Java that needs no option of the JVM to be fast: its loops over arrays are written so that
 * the compiler turns them into vector instructions.
 */
final class SuperwordKernel implements NonceKernel {
  @Override
  public String name() {
    return "superword";
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return true;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new SuperwordFilter(template));
  }
}
