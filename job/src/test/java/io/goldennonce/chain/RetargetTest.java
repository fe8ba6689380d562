package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.RealHeaders;
import io.goldennonce.pow.Target;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetargetTest {
  /** Mainnet's limit. */
  private static final CompactBits LIMIT = CompactBits.ofHex("1d00ffff");

  /** The first header of each window, by height. */
  private static final TreeMap<Integer, BlockHeader> STARTS = windowStarts();

  private static TreeMap<Integer, BlockHeader> windowStarts() {
    TreeMap<Integer, BlockHeader> starts = new TreeMap<>();
    starts.put(0, BlockHeader.ofHex(RealHeaders.WELL_KNOWN.get(0).hex()));
    RealHeaders.checkpoints()
        .forEach(row -> starts.put(row.height(), BlockHeader.ofHex(row.hex())));
    return starts;
  }

  private static BlockHeader start(int height) {
    return Objects.requireNonNull(STARTS.get(height));
  }

  /** Each window of which the first header, the last one and the next window's first are known. */
  @Test
  void next_bitcoinsWindows_givesBitcoinsBits() {
    Map<Integer, BlockHeader> ends = RealHeaders.windowEnds();
    assertThat(ends).hasSize(413);
    ends.forEach(
        (height, last) -> {
          BlockHeader first = start(height - 2015);
          BlockHeader next = start(height + 1);
          assertThat(next.previousHash()).as("link at %d", height + 1).isEqualTo(last.hash());
          assertThat(Retarget.BITCOIN.next(last.bits(), first.time(), last.time(), LIMIT))
              .as("bits at %d", height + 1)
              .isEqualTo(next.bits());
        });
  }

  /**
   * The first headers alone: a window's last one came within two hours of the next one's first, so
   * the bits lie between those that such a last one would have given.
   */
  @Test
  void next_firstHeadersOfAllWindows_bracketsBitcoinsBits() {
    assertThat(STARTS).hasSize(437);
    long hours = 7200;
    STARTS
        .tailMap(2016)
        .forEach(
            (height, next) -> {
              BlockHeader first = start(height - 2016);
              Target harder =
                  Retarget.BITCOIN
                      .next(first.bits(), first.time(), next.time() - hours, LIMIT)
                      .toTarget();
              Target easier =
                  Retarget.BITCOIN
                      .next(first.bits(), first.time(), next.time() + hours, LIMIT)
                      .toTarget();
              assertThat(next.target()).as("at %d", height).isBetween(harder, easier);
            });
  }

  /**
   * Core's own vectors (src/test/pow_tests.cpp): one plain, at the limit, both ends of the clamp.
   */
  @ParameterizedTest
  @CsvSource({
    "1d00ffff, 1261130161, 1262152739, 1d00d86a",
    "1d00ffff, 1231006505, 1233061996, 1d00ffff",
    "1c05a3f4, 1279008237, 1279297671, 1c0168fd",
    "1c387f6f, 1263163443, 1269211443, 1d00e1fd",
  })
  void next_coresVectors_givesCoresBits(String bits, long first, long last, String expected) {
    assertThat(Retarget.BITCOIN.next(CompactBits.ofHex(bits), first, last, LIMIT))
        .hasToString(expected);
  }

  @Test
  void next_asLongAsItShould_isAlmostTheSame() {
    Retarget rule = new Retarget(10, 60, 4);
    CompactBits bits = CompactBits.ofHex("1c0fff00");
    assertThat(rule.next(bits, 1000, 1600, LIMIT)).isEqualTo(bits);
    assertThat(rule.next(bits, 1000, 1300, LIMIT)).hasToString("1c07ff80");
    assertThat(rule.next(bits, 1000, 2200, LIMIT)).hasToString("1c1ffe00");
  }

  /** Any target, any times: within the clamp but for rounding, never above the limit, never 0. */
  @Test
  void next_anyInput_isWithinClampAndLimit() {
    Random random = new Random(20_260_101);
    CompactBits widest = CompactBits.nearest(Target.ofZeroBits(0));
    for (int i = 0; i < 20_000; i++) {
      CompactBits limit = CompactBits.nearest(Target.ofZeroBits(random.nextInt(64)));
      CompactBits bits = CompactBits.nearest(Target.ofZeroBits(random.nextInt(256)));
      Retarget rule =
          new Retarget(2 + random.nextInt(3000), 1 + random.nextInt(10_000), 2 + random.nextInt(9));
      long first = random.nextLong(1L << 32);
      long last = random.nextLong(1L << 32);
      CompactBits next = rule.next(bits, first, last, limit);
      assertThat(next.toTarget()).isLessThanOrEqualTo(limit.toTarget());
      assertThat(rule.next(bits, first, last, widest).toTarget().toNumber())
          .isLessThanOrEqualTo(
              bits.toTarget().toNumber().multiply(BigInteger.valueOf(rule.clamp())))
          .isPositive();
    }
  }

  @Test
  void next_extremeTargets_neitherOverflowsNorVanishes() {
    Retarget rule = new Retarget(2, Long.MAX_VALUE, Integer.MAX_VALUE);
    CompactBits widest = CompactBits.nearest(Target.ofZeroBits(0));
    assertThat(rule.next(widest, 0, Long.MAX_VALUE, widest).toTarget())
        .isLessThanOrEqualTo(widest.toTarget());
    CompactBits one = CompactBits.nearest(Target.ofHex("1"));
    assertThat(Retarget.BITCOIN.next(one, 0, 0, LIMIT)).isEqualTo(one);
  }

  @Test
  void windowStart_anyHeight_isThereAtBoundariesOnly() {
    assertThat(Retarget.BITCOIN.windowStart(0)).isEmpty();
    assertThat(Retarget.BITCOIN.windowStart(2015)).isEmpty();
    assertThat(Retarget.BITCOIN.windowStart(2016)).hasValue(0);
    assertThat(Retarget.BITCOIN.windowStart(2017)).isEmpty();
    assertThat(Retarget.BITCOIN.windowStart(4032)).hasValue(2016);
    assertThat(Retarget.FIXED.windowStart(2016)).isEmpty();
  }

  @Test
  void fixed_asked_hasNoNext() {
    assertThat(Retarget.FIXED.isFixed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> Retarget.FIXED.next(LIMIT, 0, 1, LIMIT));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "-1, 1, 2", "2, 0, 2", "2, 1, 1"})
  void new_outOfRange_isRefused(int window, long interval, int clamp) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Retarget(window, interval, clamp));
  }
}
