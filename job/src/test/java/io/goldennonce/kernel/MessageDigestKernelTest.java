package io.goldennonce.kernel;

class MessageDigestKernelTest extends NonceKernelContract {
  MessageDigestKernelTest() {
    super(new MessageDigestKernel());
  }

  @Override
  NonceScanner scanner(NonceTemplate template) {
    return new MessageDigestKernel().scanner(template);
  }

  @Override
  int lanes() {
    return 1;
  }
}
