package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goldennonce.pow.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected numbers are of the geometric distribution, by an arbitrary-precision calculator. */
class SearchProgressTest {
  @ParameterizedTest
  @CsvSource({
    "0, 24, 0",
    // 1 - (1 - 1/2)^3
    "3, 1, 0.875",
    // 1 - (1 - 2^-24)^(2^24), next to 1 - 1/e
    "16777216, 24, 0.63212056979",
    // Where 1 - 2^-64 is 1 to a double.
    "18446744073, 64, 9.9999999946e-10",
  })
  void chance_ofHashesAtADifficulty_isTheGeometricDistributions(
      long hashes, int zeroBits, double chance) {
    assertThat(progress(hashes, 1, zeroBits).chance()).isCloseTo(chance, within(1e-10 * chance));
  }

  @Test
  void secondsUntil_oneInTwoToThe32AtAMillionASecond_isTheQuantile() {
    SearchProgress progress = progress(5_000_000, 5, 32);
    assertThat(progress.rate()).isEqualTo(1e6);
    // ln 0.5 and ln 0.05, each by ln(1 - 2^-32) and by 10^6
    assertThat(progress.secondsUntil(0.5)).isCloseTo(2977.0444714, within(1e-6));
    assertThat(progress.secondsUntil(0.95)).isCloseTo(12866.5721409, within(1e-6));
  }

  @Test
  void progress_atTheStart_hasNoRateAndNoEnd() {
    SearchProgress start = progress(0, 0, 32);
    assertThat(start.rate()).isZero();
    assertThat(start.secondsUntil(0.5)).isInfinite();
  }

  @Test
  void progress_ofATargetThatEveryHashMeets_isANumber() {
    SearchProgress start = progress(0, 0, 0);
    assertThat(start.chance()).isZero();
    assertThat(start.secondsUntil(0.5)).isInfinite();
    SearchProgress later = progress(1, 1, 0);
    assertThat(later.chance()).isEqualTo(1);
    assertThat(later.secondsUntil(0.5)).isZero();
  }

  private static SearchProgress progress(long hashes, long seconds, int zeroBits) {
    return new SearchProgress(
        hashes,
        0,
        Duration.ZERO,
        Duration.ofSeconds(seconds),
        0,
        Target.ofZeroBits(zeroBits).probability(),
        2,
        List.of(),
        0,
        0,
        () -> new CoverageHistogram(0, 1, List.of(), List.of()));
  }
}
