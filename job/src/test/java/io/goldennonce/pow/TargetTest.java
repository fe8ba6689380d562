package io.goldennonce.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final BigInteger END = BigInteger.ONE.shiftLeft(256);

  @Test
  void ofZeroBits_edges_areAllHashesAndOne() {
    assertThat(Target.ofZeroBits(0)).hasToString("f".repeat(64));
    assertThat(Target.ofZeroBits(24)).hasToString("0".repeat(6) + "f".repeat(58));
    assertThat(Target.ofZeroBits(255)).hasToString("0".repeat(63) + "1");
    assertThat(Target.ofZeroBits(256)).hasToString("0".repeat(64));
  }

  @Test
  void ofZeroBits_outside_isRefused() {
    assertThatThrownBy(() -> Target.ofZeroBits(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a difficulty must be from 0 to 256 leading zero bits, got -1");
    assertThatThrownBy(() -> Target.ofZeroBits(257)).hasMessageEndingWith("got 257");
  }

  @Test
  void of_outside_isRefused() {
    assertThatThrownBy(() -> Target.of(BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a target must be from 0 to 2^256 - 1, got -1 (hex)");
    assertThatThrownBy(() -> Target.of(END)).hasMessageStartingWith("a target must be from 0");
    assertThat(Target.of(END.subtract(BigInteger.ONE))).isEqualTo(Target.ofZeroBits(0));
  }

  @Test
  void ofHex_shortText_isPaddedOnTheLeft() {
    assertThat(Target.ofHex("FfF")).isEqualTo(Target.of(BigInteger.valueOf(0xfff)));
  }

  @Test
  void ofHex_badText_isRefused() {
    assertThatThrownBy(() -> Target.ofHex(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a target must have 1 to 64 hex digits, got 0");
    assertThatThrownBy(() -> Target.ofHex("0".repeat(65))).hasMessageEndingWith("got 65");
    assertThatThrownBy(() -> Target.ofHex("-1"))
        .hasMessage("a target must be hex digits, got '-' at digit 1");
    // A digit to Character.digit, and so to BigInteger, but not a hex digit.
    assertThatThrownBy(() -> Target.ofHex("1\u0661"))
        .hasMessage("a target must be hex digits, got U+0661 at digit 2");
  }

  @Test
  void probability_edges_areExact() {
    assertThat(Target.ofZeroBits(0).probability()).isEqualTo(1.0);
    assertThat(Target.ofZeroBits(256).probability()).isEqualTo(0x1p-256);
  }

  @Property
  void probability_zeroBits_isTheirPower(@ForAll @IntRange(max = 256) int zeroBits) {
    assertThat(Target.ofZeroBits(zeroBits).probability()).isEqualTo(Math.pow(2, -zeroBits));
  }

  /**
   * Pools ask for difficulties; that of a target's own difficulty is the target, but for rounding.
   */
  @Property
  void ofDifficulty_anyDifficulty_isTheTargetOfIt(
      @ForAll @DoubleRange(min = 0.01, max = 1e30) double given) {
    double difficulty = given / (1 << 20);
    Target target = Target.ofDifficulty(difficulty);
    assertThat(Difficulty.ofTarget(target).value()).isCloseTo(difficulty, withinPercentage(1e-6));
  }

  @Test
  void ofDifficulty_edges_areRefusedOrCutOff() {
    assertThat(Target.ofDifficulty(1)).isEqualTo(CompactBits.ofHex("1d00ffff").toTarget());
    assertThat(Target.ofDifficulty(1e-30)).isEqualTo(Target.ofZeroBits(0));
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      assertThatThrownBy(() -> Target.ofDifficulty(bad))
          .hasMessage("a difficulty must be more than 0 and less than 2^224, got " + bad);
    }
  }

  @Property
  void isMetBy_zeroBits_countsTheHashsLeadingZeros(
      @ForAll @Size(32) byte[] digest, @ForAll @IntRange(max = 256) int zeroBits) {
    Hash256 hash = Hash256.ofBytes(digest);
    assertThat(Target.ofZeroBits(zeroBits).isMetBy(hash))
        .isEqualTo(hash.toNumber().bitLength() <= 256 - zeroBits);
  }

  @Property
  void isMetBy_hashAtTheTarget_isTrueAndOnePastItFalse(@ForAll @Size(32) byte[] digest) {
    Hash256 hash = Hash256.ofBytes(digest);
    BigInteger number = hash.toNumber();
    assertThat(Target.of(number).isMetBy(hash)).isTrue();
    if (number.signum() > 0) {
      assertThat(Target.of(number.subtract(BigInteger.ONE)).isMetBy(hash)).isFalse();
    }
  }

  @Property
  void forms_anyTarget_readBackTheSame(@ForAll @Size(32) byte[] bytes) throws Exception {
    Target target = Target.of(new BigInteger(1, bytes));
    assertThat(target.toBytes()).isEqualTo(bytes);
    assertThat(Target.ofHex(target.toString())).isEqualTo(target).hasSameHashCodeAs(target);
    assertThat(Target.of(target.toNumber())).isEqualByComparingTo(target);
    assertThat(Copies.bySerialization(target)).isEqualTo(target);
  }
}
