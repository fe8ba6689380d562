package io.goldennonce.kernel;

class MessageDigestKernelTest extends EveryLayoutContract {
  MessageDigestKernelTest() {
    super(new MessageDigestKernel());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return new MessageDigestKernel().scanner(template);
  }

  @Override
  protected int lanes() {
    return 1;
  }
}
