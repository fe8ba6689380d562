package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeSizerTest {
  @Test
  void size_beforeAnyRate_isTheFirst() {
    assertThat(new RangeSizer(Duration.ofSeconds(1), 1234).size()).isEqualTo(1234);
  }

  @Test
  void size_ofAFasterRate_growsFourfoldAtOnceUpToTheTime() {
    RangeSizer sizer = new RangeSizer(Duration.ofSeconds(2), 100);
    // 1,000 a second: 2,000 take two seconds.
    sizer.measured(100, 100_000_000);
    assertThat(sizer.size()).isEqualTo(400);
    sizer.measured(400, 400_000_000);
    assertThat(sizer.size()).isEqualTo(1600);
    sizer.measured(1600, 1_600_000_000);
    assertThat(sizer.size()).isEqualTo(2000);
  }

  @Test
  void size_ofASlowerRate_shrinksAtOnce() {
    RangeSizer sizer = new RangeSizer(Duration.ofSeconds(1), 1_000_000);
    sizer.measured(10, 1_000_000_000);
    assertThat(sizer.size()).isEqualTo(10);
  }

  @Test
  void size_ofAChangedRate_followsWithinAFewRanges() {
    RangeSizer sizer = new RangeSizer(Duration.ofSeconds(1), 1000);
    sizer.measured(1000, 1_000_000_000);
    for (int i = 0; i < 12; i++) {
      sizer.measured(500, 1_000_000_000);
    }
    assertThat((double) sizer.size()).isCloseTo(500, within(10.0));
  }

  @ParameterizedTest
  @CsvSource({"0, 1000000000", "1000, 0", "1000, -5"})
  void measured_aRangeThatTellsNoRate_changesNothing(long hashes, long nanos) {
    RangeSizer sizer = new RangeSizer(Duration.ofSeconds(1), 77);
    sizer.measured(hashes, nanos);
    assertThat(sizer.size()).isEqualTo(77);
  }

  @Test
  void size_ofHardlyAnyRate_isOne() {
    RangeSizer sizer = new RangeSizer(Duration.ofNanos(1), 77);
    sizer.measured(1, 1_000_000_000);
    assertThat(sizer.size()).isEqualTo(1);
  }

  @Test
  void size_pastWhatALongHolds_isTheLargest() {
    RangeSizer sizer = new RangeSizer(Duration.ofDays(10_000), Long.MAX_VALUE / 2);
    sizer.measured(Long.MAX_VALUE / 2, 1);
    assertThat(sizer.size()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 1", "PT-1S, 1", "PT1S, 0", "PT1S, -3"})
  void sizer_ofNoTimeOrSize_isRefused(Duration time, long firstSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RangeSizer(time, firstSize))
        .withMessage(
            "a range's time and first size must be positive, got " + time + ", " + firstSize);
  }
}
