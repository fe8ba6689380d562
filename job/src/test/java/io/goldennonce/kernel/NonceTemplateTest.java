package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
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

  @Test
  void message_rollingVersion_isTheNoncesLowDigits() {
    byte[] header = new byte[80];
    header[3] = 0x20; // version 0x20000000, least significant byte first
    NonceTemplate template = NonceTemplate.ofHeader(header, 0x0001_6000);

    assertThat(template.versions()).isEqualTo(8);
    assertThat(template.nonces()).isEqualTo(8L << 32);
    assertThat(hex(template, 0)).isEqualTo("00000020" + "00".repeat(76));
    assertThat(hex(template, 1)).isEqualTo("00200020" + "00".repeat(76));
    assertThat(hex(template, 2)).isEqualTo("00400020" + "00".repeat(76));
    assertThat(hex(template, 4)).isEqualTo("00000120" + "00".repeat(76));
    assertThat(hex(template, 8 * 0x01020304L + 7))
        .isEqualTo("00600120" + "00".repeat(72) + "04030201");
    assertThat(template.writtenNonce(8 * 0x01020304L + 7)).isEqualTo(0x01020304L);
    assertThat(hex(template, template.nonces() - 1))
        .isEqualTo("00600120" + "00".repeat(72) + "ffffffff");
  }

  @Test
  void message_rollingVersion_everyNonceIsAnotherHeader() {
    NonceTemplate template = NonceTemplate.ofHeader(new byte[80], 0x1230_0000);
    Set<String> headers = new HashSet<>();
    for (long nonce = 0; nonce < 100; nonce++) {
      headers.add(hex(template, nonce));
    }
    assertThat(headers).hasSize(100);
  }

  @Test
  void ofHeader_tooManyRollingBits_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NonceTemplate.ofHeader(new byte[80], 0x1f))
        .withMessage("at most 4 bits of a version may roll, got mask 0x1f");
  }

  private static String hex(NonceTemplate template, long nonce) {
    return HexFormat.of().formatHex(template.message(nonce));
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
