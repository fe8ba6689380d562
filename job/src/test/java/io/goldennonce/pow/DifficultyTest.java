package io.goldennonce.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifficultyTest {
  /**
   * What {@code getblockheader} prints for mainnet's blocks 0, 100000 and 125552 and on regtest;
   * the last is a vector of Core's {@code src/test/blockchain_tests.cpp}.
   */
  @ParameterizedTest
  @CsvSource({
    "1d00ffff, 1",
    "1b04864c, 14484.16236122",
    "1a44b9f2, 244112.48777434",
    "207fffff, 4.656542373906925e-10",
    "12345678, 5913134931067755359633408.0"
  })
  void ofTarget_realBits_isWhatNodesPrint(String bits, double difficulty) {
    assertThat(Difficulty.ofTarget(CompactBits.ofHex(bits).toTarget()).value())
        .isCloseTo(difficulty, withinPercentage(1e-10));
  }

  @Test
  void ofTarget_zero_isInfinite() {
    assertThat(Difficulty.ofTarget(Target.ofZeroBits(256)).value())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void compareTo_harderTarget_isGreater() throws Exception {
    Difficulty easy = Difficulty.ofTarget(Target.ofZeroBits(8));
    Difficulty hard = Difficulty.ofTarget(Target.ofZeroBits(9));
    assertThat(hard).isGreaterThan(easy);
    assertThat(Copies.bySerialization(hard)).isEqualTo(hard).hasSameHashCodeAs(hard);
  }
}
