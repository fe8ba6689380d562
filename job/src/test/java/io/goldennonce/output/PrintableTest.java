package io.goldennonce.output;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\u001b[2J\u001b]0;owned\u0007b | a\\x1b[2J\\x1b]0;owned\\x07b",
        "a\u009b2Jb | a\\x9b2Jb",
        "a\u007fb | a\\x7fb",
        "a\u202eb | a\\u202eb",
        "a\u2028b | a\\u2028b",
        "a\ud83db | a\\ud83db",
        "größer € 😀 \\x1b | größer € 😀 \\x1b"
      })
  void of_textOfStrangers_isHarmless(String text, String shown) {
    assertThat(Printable.of(text)).isEqualTo(shown);
    assertThat(Printable.of("a\tb\r\nc")).isEqualTo("a\\x09b\\x0d\\x0ac");
  }

  @Property
  void of_anyText_isOneLineWithoutControlCharacters(@ForAll String text) {
    assertThat(Printable.of(text).chars().noneMatch(Character::isISOControl)).isTrue();
  }
}
