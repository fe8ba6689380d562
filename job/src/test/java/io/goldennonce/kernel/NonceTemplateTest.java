package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceTemplateTest {
  /**
   * As Python 3 writes them: {@code "%d" % n}, {@code "%x" % n}, and {@code
   * base64.b64encode(n.to_bytes(8, "big")).rstrip(b"=")}.
   */
  @ParameterizedTest
  @CsvSource({
    "DECIMAL, 0, 0",
    "DECIMAL, 9223372036854775806, 9223372036854775806",
    "HEX, 0, 0",
    "HEX, 255, ff",
    "HEX, 33323, 822b",
    "HEX, 9223372036854775806, 7ffffffffffffffe",
    "BASE64, 0, AAAAAAAAAAA",
    "BASE64, 1, AAAAAAAAAAE",
    "BASE64, 74646, AAAAAAABI5Y",
    "BASE64, 1234567890123456789, ESIQ9H3pgRU",
    "BASE64, 9223372036854775806, f/////////4",
  })
  void message_nonceAsText_isAsPythonWritesIt(NonceEncoding encoding, long nonce, String text) {
    NonceTemplate template = template(encoding);
    assertThat(template.encode(nonce)).asString(StandardCharsets.US_ASCII).isEqualTo(text);
    assertThat(template.message(nonce))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("a/" + text + "/z");
  }

  @Test
  void message_nonceThatThereIsNot_isRefused() {
    for (NonceEncoding encoding : NonceEncoding.values()) {
      for (long nonce : new long[] {-1, encoding.nonces()}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> template(encoding).message(nonce))
            .withMessageContaining("from 0 to " + (encoding.nonces() - 1) + ", got " + nonce);
      }
    }
  }

  private static NonceTemplate template(NonceEncoding encoding) {
    return NonceTemplate.of(
        "a/".getBytes(StandardCharsets.US_ASCII),
        "/z".getBytes(StandardCharsets.US_ASCII),
        encoding,
        HashFunction.SHA256,
        HashOrder.BIG_ENDIAN);
  }
}
