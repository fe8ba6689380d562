package io.goldennonce.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.goldennonce.pow.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddsTest {
  private static final double NO_END = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 16})
  void chance_fewHashes_isThatOfExactArithmetic(int bits) {
    BigDecimal miss = BigDecimal.ONE.subtract(BigDecimal.valueOf(Math.scalb(1.0, -bits)));
    double exact = BigDecimal.ONE.subtract(miss.pow(1000, new MathContext(80))).doubleValue();
    assertThat(odds(bits).chance(1000)).isCloseTo(exact, within(1e-14));
  }

  @Test
  void chance_hardestTarget_isNotLost() {
    Odds odds = Odds.of(Target.of(BigInteger.ZERO), NO_END);
    // 1 - (1 - p)^n is n·p to the first order; the naive formula gives 0.
    assertThat(odds.chance(1e10)).isCloseTo(Math.scalb(1e10, -256), within(1e-80));
    assertThat(odds.expectedHashes()).isEqualTo(Math.scalb(1.0, 256));
    assertThat(odds.hashesFor(0.5) / Math.scalb(1.0, 256)).isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void chance_everyHashMeetsTheTarget_isOneFromTheFirst() {
    Odds odds = Odds.of(Target.ofZeroBits(0), 10);
    assertThat(odds.chance(0)).isZero();
    assertThat(odds.chance(1)).isEqualTo(1);
    assertThat(odds.hashesFor(0.99)).isEqualTo(1);
    assertThat(odds.exhausted()).isZero();
  }

  @Test
  void exhausted_headersNoncesAtDifficultyOne_isOneOverE() {
    // Bitcoin's easiest target and a header's 2^32 nonces: p·n is 1 + 2^-16.
    Odds odds = Odds.of(Target.ofZeroBits(32), Math.scalb(1.0, 32));
    assertThat(odds.exhausted()).isCloseTo(Math.exp(-1), within(1e-9));
    assertThat(odds.chance(NO_END)).isCloseTo(1 - Math.exp(-1), within(1e-9));
    assertThat(odds.hashesFor(0.64)).isInfinite();
    assertThat(odds.hashesFor(0.63)).isFinite();
  }

  @Property
  void hashesFor_anyConfidence_isTheFewestThatHaveIt(
      @ForAll @IntRange(max = 40) int bits,
      @ForAll @DoubleRange(min = 1e-6, max = 0.999_999) @Scale(9) double confidence) {
    double hashes = odds(bits).hashesFor(confidence);
    assertThat(odds(bits).chance(hashes)).isGreaterThanOrEqualTo(confidence * (1 - 1e-9));
    if (hashes > 1) {
      assertThat(odds(bits).chance(hashes - 1)).isLessThan(confidence * (1 + 1e-9));
    }
  }

  @Property
  void chance_moreHashes_isNeverLess(
      @ForAll @IntRange(max = 256) int bits,
      @ForAll @DoubleRange(max = 1e30) double one,
      @ForAll @DoubleRange(max = 1e30) double other) {
    Odds odds = Odds.of(Target.ofZeroBits(bits), 1e20);
    assertThat(odds.chance(Math.max(one, other)))
        .isGreaterThanOrEqualTo(odds.chance(Math.min(one, other)))
        .isBetween(0.0, 1.0);
  }

  @Test
  void odds_outOfRange_areRefused() {
    for (Map.Entry<Double, Double> bad :
        Map.of(0.0, 1.0, 1.5, 1.0, Double.NaN, 1.0, 0.5, 0.0).entrySet()) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Odds(bad.getKey(), bad.getValue()));
    }
  }

  private static Odds odds(int bits) {
    return Odds.of(Target.ofZeroBits(bits), NO_END);
  }
}
