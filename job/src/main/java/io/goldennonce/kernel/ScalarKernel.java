package io.goldennonce.kernel;

/**
 * Plain Java, one nonce at a time: the midstate and the rounds before the nonce are computed once,
 * and the last block ends with the round that settles the digest's most significant word. The
 * fastest choice only where the JDK's SHA-256 has no processor instructions to use.
 */
final class ScalarKernel implements NonceKernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return true;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, new ScalarFilter(template));
  }
}
