package io.goldennonce.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lowest nonces that Python 3's hashlib found. */
class TextTemplateTest {
  @Test
  void text_withWhatIsNoAscii_isUtf8() {
    Puzzle puzzle =
        puzzle(
            TextTemplate.ofText("Straße {nonce}!")
                .messages(NonceEncoding.DECIMAL, HashFunction.SHA256),
            Rule.ZERO_HEX,
            4);
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsEntry("nonce", 57_849L)
        .containsEntry("hash", "0000e1e13b3b46622fb7c89a79896f822fb37008ea0677190064ccf2209cffda")
        .containsEntry("message_hex", "53747261c39f6520353738343921");
  }

  @Test
  void hex_withBytesOnBothSides_isTheseBytes() {
    Puzzle puzzle =
        puzzle(
            TextTemplate.ofHex("00fF{nonce}01").messages(NonceEncoding.HEX, HashFunction.SHA256D),
            Rule.ZERO_BITS,
            16);
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsEntry("nonce", 31_673L)
        .containsEntry("nonce_text", "7bb9")
        .containsEntry("message_hex", "00ff3762623901");
  }

  @Test
  void text_aroundEightBytesLittleEndian_isOneMessage() {
    Puzzle puzzle =
        puzzle(
            TextTemplate.ofText("golden{nonce}nonce")
                .messages(NonceEncoding.U64_LE, HashFunction.SHA256),
            Rule.ZERO_BITS,
            16);
    assertThat(lowest(puzzle).nonce()).isEqualTo(84_951);
  }

  @ParameterizedTest
  @CsvSource({
    "PREFIX, SHA256, c0ffe, 771019,"
        + " c0ffe9b31b2e5c857cffe6efb9337123a5eb11c8d4a889f19e02f7657eed7a27",
    "SUFFIX, SHA256, BEEF, 31575, e9874cb8028856c0e98a9ebf6216a6c30bb8feff55708c5ad81d9d9d0345beef",
    "PREFIX, SHA256D, F, 2, fe036c739c1ee97fe85bc418160afbdafbf80a1d9f1a985284a3c7a611e6edfd",
    "SUFFIX, SHA256D, cafe, 10036,"
        + " 62696b6bdb7cd1d16f22acf1f5a518d95f383dc5a0b4ccbbdc818af6cd4fcafe",
  })
  void prefixAndSuffix_ofAnyDigits_areThoseOfTheHashAsItIsPrinted(
      Rule rule, HashFunction function, String digits, long nonce, String hash) {
    TextTemplate text = TextTemplate.ofText("golden/{nonce}");
    MessageTemplate messages =
        rule == Rule.PREFIX
            ? text.withPrefix(NonceEncoding.DECIMAL, function, digits)
            : text.withSuffix(NonceEncoding.DECIMAL, function, digits);
    Puzzle puzzle = puzzle(messages, Rule.ZERO_HEX, digits.length());
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsEntry("nonce", nonce)
        .containsEntry("hash", hash);
  }

  @Test
  void prefixAndSuffix_areSearchesOfTheirOwn() {
    TextTemplate text = TextTemplate.ofText("golden/{nonce}");
    assertThat(
            Stream.of(
                    text.messages(NonceEncoding.DECIMAL, HashFunction.SHA256),
                    text.withPrefix(NonceEncoding.DECIMAL, HashFunction.SHA256, "ab"),
                    text.withPrefix(NonceEncoding.DECIMAL, HashFunction.SHA256, "cd"),
                    text.withSuffix(NonceEncoding.DECIMAL, HashFunction.SHA256, "ab"))
                .map(MessageTemplate::canonicalText))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0x12", "ab "})
  void prefixAndSuffix_thatAreNoHex_areRefused(String digits) {
    TextTemplate text = TextTemplate.ofText("{nonce}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.withPrefix(NonceEncoding.HEX, HashFunction.SHA256, digits))
        .withMessage("a prefix must be 1 to 64 hex digits, got " + digits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.withSuffix(NonceEncoding.HEX, HashFunction.SHA256, digits))
        .withMessage("a suffix must be 1 to 64 hex digits, got " + digits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.withSuffix(NonceEncoding.HEX, HashFunction.SHA256, "abc"))
        .withMessage("a suffix must be whole bytes, two hex digits each, got abc");
  }

  /** The lowest hash of the first million nonces. */
  @Test
  void best_ofAPublicChallengesMessage_isTheLowestOfAll() {
    MessageTemplate template =
        TextTemplate.ofText("golden/{nonce}").messages(NonceEncoding.BASE64, HashFunction.SHA256);
    Puzzle puzzle = new Puzzle(template, Optional.empty(), false);
    SearchSpec spec = puzzle.search(new NonceRange(0, 1_000_000), ResultMode.ANY);
    assertThat(spec.seeksLowestHash()).isTrue();
    RangeSearcher searcher = new RangeSearcher(spec, "auto");
    assertThat(searcher.search(spec.keyspace(), () -> false))
        .isEqualTo(new ScanResult(1_000_000, false));
    long position = searcher.best().orElseThrow().position();
    assertThat(puzzle.solution(Solution.at(spec, position)))
        .containsEntry("nonce", 74_646L)
        .containsEntry("nonce_text", "AAAAAAABI5Y")
        .containsEntry("message", "golden/AAAAAAABI5Y")
        .containsEntry("hash", "000020ae3e6993aa46d390b9c7ddfe729a22608ab0125e2bade90f713266aa05");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonce", "{nonce}{nonce}", "{nonce} and {nonce}", "{Nonce}"})
  void template_withoutOnePlaceForTheNonce_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextTemplate.ofText(text))
        .withMessage("a template must have {nonce} in it once, got " + text);
    assertThatIllegalArgumentException().isThrownBy(() -> TextTemplate.ofHex(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0{nonce}", "xy{nonce}", "00{nonce}0", "00 {nonce}", "{nonce}-1"})
  void hex_thatIsNone_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextTemplate.ofHex(text))
        .withMessageContaining("must be hex digits, two per byte");
  }

  private static Puzzle puzzle(MessageTemplate template, Rule rule, int difficulty) {
    return new Puzzle(template, Optional.of(rule.target(difficulty)), false);
  }

  private static Solution lowest(Puzzle puzzle) {
    SearchSpec spec = puzzle.search(puzzle.template().keyspace(), ResultMode.LOWEST_NONCE);
    NonceRange range = new NonceRange(0, 10_000_000);
    ScanResult result = new RangeSearcher(spec, "auto").search(range, () -> false);
    return Solution.confirm(spec, result.end() - 1).orElseThrow();
  }
}
