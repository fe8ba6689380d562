package io.goldennonce.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors are those of Bitcoin Core's {@code bignum_SetCompact} in {@code
 * src/test/arith_uint256_tests.cpp} and of {@code src/test/pow_tests.cpp}; where others stand, they
 * are the edges of the overflow rule in {@code src/arith_uint256.cpp}.
 */
class CompactBitsTest {
  @ParameterizedTest
  @CsvSource({
    "01123456, 12, 01120000",
    "02123456, 1234, 02123400",
    "03123456, 123456, 03123456",
    "04123456, 12345600, 04123456",
    "05009234, 92340000, 05009234",
  })
  void toTarget_coresVectors_areCores(String bits, String target, String nearest) {
    assertThat(CompactBits.ofHex(bits).toTarget()).isEqualTo(Target.ofHex(target));
    assertThat(CompactBits.nearest(Target.ofHex(target))).hasToString(nearest);
  }

  @Test
  void toTarget_coresLongestVector_isCores() {
    assertThat(CompactBits.ofHex("20123456").toTarget()).hasToString("123456" + "0".repeat(58));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000",
        "00123456",
        "01003456",
        "02000056",
        "03000000",
        "04000000",
        "00923456",
        "01803456",
        "02800056",
        "03800000",
        "04800000",
        "ff000000"
      })
  void ofHex_zero_isRefused(String bits) {
    assertThatThrownBy(() -> CompactBits.ofHex(bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a compact target must not be zero, got " + bits);
  }

  @ParameterizedTest
  // The last is what pow_tests makes of mainnet's limit.
  @ValueSource(strings = {"01fedcba", "04923456", "1d80ffff"})
  void ofHex_negative_isRefused(String bits) {
    assertThatThrownBy(() -> CompactBits.ofHex(bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a compact target must not be negative (its sign bit, 00800000, is set), got " + bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff123456", "ff7fffff", "21010000", "22000100", "23000001"})
  void ofHex_overflowing_isRefused(String bits) {
    assertThatThrownBy(() -> CompactBits.ofHex(bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a compact target must not overflow 256 bits, got " + bits);
  }

  @ParameterizedTest
  @CsvSource({"207fffff, 7fffff", "2100ffff, ffff00", "220000ff, ff0000"})
  void ofHex_justNotOverflowing_isTaken(String bits, String firstDigits) {
    assertThat(CompactBits.ofHex(bits).toTarget()).hasToString(firstDigits + "0".repeat(58));
  }

  @Test
  void ofHex_badText_isRefused() {
    assertThatThrownBy(() -> CompactBits.ofHex("1d00fff"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a compact target must have 4 bytes (8 hex digits), got 7 digits");
    assertThatThrownBy(() -> CompactBits.ofHex("0x1d00ff"))
        .hasMessage("a compact target must be hex digits, got 'x' at digit 2");
  }

  @Test
  void of_past32Bits_isRefused() {
    assertThatThrownBy(() -> CompactBits.of(0x1_0000_0000L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a compact target must be from 0 to 4294967295, got 4294967296");
    assertThatThrownBy(() -> CompactBits.of(-1)).hasMessageEndingWith("got -1");
  }

  @Test
  void nearest_topBitOfTheMantissa_makesNoSignBit() {
    assertThat(CompactBits.nearest(Target.ofHex("80"))).hasToString("02008000");
    assertThat(CompactBits.nearest(Target.ofZeroBits(0))).hasToString("2100ffff");
  }

  @Test
  void nearest_zero_isRefused() {
    assertThatThrownBy(() -> CompactBits.nearest(Target.ofZeroBits(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a target must be at least 1 to have compact bits, got 0");
  }

  @Test
  void equals_sameTargetOtherBits_isFalse() {
    CompactBits plain = CompactBits.ofHex("03123400");
    CompactBits shifted = CompactBits.ofHex("04001234");
    assertThat(plain.toTarget()).isEqualTo(shifted.toTarget());
    assertThat(plain).isNotEqualTo(shifted);
  }

  @Property
  void of_anyLengthAndWord_obeyCoresRule(
      @ForAll @IntRange(max = 36) int length, @ForAll @IntRange(max = 0xff_ffff) int word) {
    long value = (long) length << 24 | word;
    // SetCompact, with unbounded numbers instead of its three overflow comparisons.
    BigInteger mantissa = BigInteger.valueOf(word & 0x7f_ffff);
    BigInteger target = mantissa.shiftLeft(8 * length).shiftRight(24);
    boolean valid = target.signum() > 0 && (value & 0x80_0000) == 0 && target.bitLength() <= 256;
    if (valid) {
      assertThat(CompactBits.of(value).toTarget().toNumber()).isEqualTo(target);
      assertThat(CompactBits.ofHex(CompactBits.of(value).toString()).value()).isEqualTo(value);
    } else {
      assertThatThrownBy(() -> CompactBits.of(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(String.format("got %08x", value));
    }
  }

  @Property
  void nearest_anyTarget_isTheLargestNotAboveIt(@ForAll @Size(min = 1, max = 32) byte[] bytes)
      throws Exception {
    BigInteger number = new BigInteger(1, bytes).max(BigInteger.ONE);
    CompactBits bits = CompactBits.nearest(Target.of(number));
    assertThat(bits.toTarget().toNumber()).isLessThanOrEqualTo(number);
    assertThat(CompactBits.nearest(bits.toTarget())).isEqualTo(bits).hasSameHashCodeAs(bits);
    assertThat(Copies.bySerialization(bits)).isEqualTo(bits);
    int unit = 8 * Math.max(0, (int) (bits.value() >>> 24) - 3);
    BigInteger next = bits.toTarget().toNumber().add(BigInteger.ONE.shiftLeft(unit));
    assertThat(next).isGreaterThan(number);
  }
}
