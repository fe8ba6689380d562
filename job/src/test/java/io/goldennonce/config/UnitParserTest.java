package io.goldennonce.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitParserTest {
  @ParameterizedTest
  @CsvSource({
    "90s, PT1M30S",
    "90, PT1M30S",
    "1.5m, PT1M30S",
    "2h, PT2H",
    "1d, PT24H",
    "250ms, PT0.25S",
    "10us, PT0.00001S",
    "7ns, PT0.000000007S",
    "5 minutes, PT5M",
    "1 day, PT24H",
    "0.5 hours, PT30M",
    "106751d, PT2562024H"
  })
  void duration_ofTheGrammar_isExact(String text, Duration duration) {
    assertThat(UnitParser.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1D",
        "3f",
        "25d5",
        "1w",
        "0",
        "0s",
        "-5s",
        "+5s",
        "NaN",
        "Infinity",
        "1e3s",
        "0x1p3",
        "1 s ",
        "s",
        "1_000s",
        ".5s",
        "5.s",
        "0.1ns",
        "107000d",
        "1  s",
        "٣s",
        "5 m s"
      })
  void duration_outsideTheGrammar_isRefusedWithTheRuleAndTheValue(String text) {
    assertThatThrownBy(() -> UnitParser.duration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a time " + UnitParser.DURATION_RULE + ", got '" + text + "'");
  }

  @Property
  void duration_milliseconds_areThose(@ForAll @LongRange(min = 1, max = 1L << 40) long millis) {
    assertThat(UnitParser.duration(millis + "ms")).isEqualTo(Duration.ofMillis(millis));
    assertThat(UnitParser.duration(BigDecimal.valueOf(millis, 3).toPlainString()))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"25M, 25000000", "25e6, 25000000", "1.5k, 1500", "3, 3", "2G, 2000000000", "-1, -1"})
  void number_ofTheGrammar_isExact(String text, BigDecimal number) {
    assertThat(UnitParser.number(text)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "25d", "3f", "25m", "1K", "NaN", "0x10", "1e-3", "1e999", "1 M", "M"})
  void number_outsideTheGrammar_isRefusedWithTheRuleAndTheValue(String text) {
    assertThatThrownBy(() -> UnitParser.number(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it " + UnitParser.NUMBER_RULE + ", got '" + text + "'");
  }
}
