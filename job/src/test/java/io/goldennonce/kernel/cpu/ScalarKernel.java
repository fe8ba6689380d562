package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;

/** Plain Java, one nonce at a time: checks {@link GroupScanner} and {@link NonceBlocks} alone. */
final class ScalarKernel implements NonceKernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ScalarFilter(template));
  }
}
