package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeSizesTest {
  private static final long ENDLESS = Long.MAX_VALUE;
  private static final long SECOND = 1_000_000_000;

  private final RangeSizes sizes = new RangeSizes(5000);

  @Test
  void size_beforeAnyRate_isTheFirst() {
    aimAt(4);
    assertThat(sizes.size(1)).isEqualTo(5000);
    assertThat(sizes.timeOf(5000)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void size_ofFastAndSlowExecutors_isTheFastestOnes() {
    aimAt(4);
    for (int i = 0; i < 20; i++) {
      sizes.measured("cpu", 1_000 * 5, 5 * SECOND);
      sizes.measured("gpu", 5_000_000_000L * 5, 5 * SECOND);
    }
    assertThat(sizes.size(ENDLESS)).isEqualTo(25_000_000_000L);
    assertThat(sizes.timeOf(25_000_000_000L)).isEqualTo(Duration.ofSeconds(5));
    assertThat(sizes.size(40_000_000_000L)).isEqualTo(5_000_000_000L);
    assertThat(sizes.timeOf(5_000_000_000L)).isEqualTo(Duration.ofSeconds(1));
    // Down to what a slow one does in the least time.
    assertThat(sizes.size(1)).isEqualTo(100);
    assertThat(sizes.timeOf(100)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void size_afterTheFastestHasGone_isTheOthers() {
    aimAt(2);
    sizes.measured("gpu", 1_000_000_000, SECOND);
    for (int i = 0; i < 30; i++) {
      sizes.measured("cpu", 1000, SECOND);
    }
    assertThat(sizes.size(ENDLESS)).isEqualTo(5000);
  }

  @Test
  void size_ofAFasterRate_growsFourfoldAtOnce() {
    aimAt(1);
    sizes.measured("a", 1_000_000, SECOND);
    assertThat(sizes.size(ENDLESS)).isEqualTo(20_000);
    sizes.measured("a", 1_000_000, SECOND);
    assertThat(sizes.size(ENDLESS)).isEqualTo(80_000);
  }

  @Test
  void size_ofTheFastestThatSlowsDown_follows() {
    aimAt(1);
    sizes.measured("a", 1_000, SECOND);
    for (int i = 0; i < 40; i++) {
      sizes.measured("a", 100, SECOND);
    }
    assertThat((double) sizes.size(ENDLESS)).isCloseTo(500, within(1.0));
  }

  @ParameterizedTest
  @CsvSource({
    // 1,000 per second in each of 4 slots: ranges of 5,000, of no fewer than 100.
    "1000000, 5000, 5000",
    "40000, 5000, 5000",
    "39992, 4999, 4999",
    "8000, 1000, 1000",
    "800, 100, 100",
    "1, 100, 100"
  })
  void size_nearTheEnd_isAShareOfWhatIsLeft(long left, long size, long millis) {
    aimAt(4);
    sizes.measured("a", 5000, 5 * SECOND);
    assertThat(sizes.size(left)).isEqualTo(size);
    assertThat(sizes.timeOf(size)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0, 1000000000", "1000, 0", "1000, -5"})
  void measured_aRangeThatTellsNoRate_changesNothing(long hashes, long nanos) {
    aimAt(1);
    sizes.measured("a", hashes, nanos);
    assertThat(sizes.size(1)).isEqualTo(5000);
  }

  @Test
  void size_pastWhatALongHolds_doesNotOverflow() {
    RangeSizes large = new RangeSizes(Long.MAX_VALUE / 2);
    large.aimAt(1, Duration.ofDays(10_000), Duration.ZERO);
    large.measured("a", Long.MAX_VALUE / 2, 1);
    assertThat(large.size(ENDLESS)).isEqualTo(1L << 62);
    assertThat(large.timeOf(Long.MAX_VALUE)).isEqualTo(Duration.ofDays(10_000));
  }

  @Test
  void sizes_ofNoFirstSize_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RangeSizes(0))
        .withMessage("a range must hold at least 1 position, got a first size of 0");
  }

  private void aimAt(int slots) {
    sizes.aimAt(slots, Duration.ofSeconds(5), Duration.ofMillis(100));
  }
}
