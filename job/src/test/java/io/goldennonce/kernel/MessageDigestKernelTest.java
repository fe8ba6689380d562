package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

  @Test
  void scan_decimalNonce_findsTheLowestHash() {
    NonceTemplate template =
        NonceTemplate.of(
            "block-7:".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[0],
            NonceEncoding.DECIMAL,
            HashFunction.SHA256,
            HashOrder.FIRST_BYTE_HIGH);
    for (long nonce : new long[] {0, 9, 10, 99, 100, 12345, 99_999_999_999L}) {
      assertThat(
              scanner(template)
                  .scan(nonce, nonce + 1, ReferenceHash.number(template, nonce), () -> false))
          .isEqualTo(new ScanResult(nonce + 1, true));
    }
  }
}
