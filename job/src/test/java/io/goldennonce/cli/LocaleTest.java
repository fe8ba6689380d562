package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and printed does not depend on where a user is. */
@Tag("spark")
class LocaleTest {
  /** Another i in upper case, other digits, a comma for a point, another calendar. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tr-TR",
        "ar-EG-u-nu-arab",
        "de-DE",
        "fa-IR-u-nu-arabext",
        "th-TH-u-ca-buddhist-nu-thai"
      })
  void commands_inAnyLocale_sayTheSame(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    try {
      String expected = said();
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(said()).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String said() {
    return CliRun.of("plan", "--difficulty=40", "--rate=1.5M", "--timeout=2h").toString()
        + CliRun.of("plan", "--difficulty=40", "--rate=1.5M", "--budget=12.5", "--json")
        + CliRun.of("solve", "--template={nonce}", "--rule=ZERO-BITS", "--difficulty=1")
        + CliRun.of("solve", "--template={nonce}", "--difficulty=1", "--keyspace", "--limit=12345")
        + CliRun.of("mine", "--data=x", "--difficulty=1.5");
  }
}
