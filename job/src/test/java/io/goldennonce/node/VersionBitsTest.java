package io.goldennonce.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bits of a template's version roll: of BIP 320's, those that nobody uses. */
class VersionBitsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20000000 | {}                                  | e000",
        "20000000 | {'vbavailable':{'a':13,'b':15}}     | 34000",
        "20000000 | {'vbavailable':{'testdummy':28}}    | e000",
        "20000000 | {'vbrequired':8192}                 | 1c000",
        "20002000 | {}                                  | 1c000",
        "3fff8000 | {}                                  | 6000",
        "3fffe000 | {}                                  | 0",
        "4        | {}                                  | 0",
        "60000000 | {}                                  | 0",
      })
  void versionMask_ofATemplate_hasTheFreeBits(String version, String fields, String mask)
      throws Exception {
    ObjectNode template =
        JSON.createObjectNode()
            .put("version", Integer.parseInt(version, 16))
            .put("previousblockhash", "00".repeat(32))
            .put("coinbasevalue", 5_000_000_000L)
            .put("curtime", 1_700_000_000)
            .put("bits", "207fffff")
            .put("height", 1);
    template.putArray("transactions");
    template.setAll((ObjectNode) JSON.readTree(fields.replace('\'', '"')));

    Template read = TemplateReader.read(template, 0);
    assertThat(read.versionMask(3)).isEqualTo(Integer.parseInt(mask, 16));
    assertThat(read.versionMask(0)).isZero();
  }
}
