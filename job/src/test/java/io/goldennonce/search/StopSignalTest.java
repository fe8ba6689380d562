package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private static final StopSignal INTERRUPTED = () -> Optional.of(StopReason.INTERRUPTED);

  @Test
  void reason_ofNeverAndOfATimeAhead_isNone() {
    assertThat(StopSignal.never().reason()).isEmpty();
    assertThat(StopSignal.after(Duration.ofDays(1)).reason()).isEmpty();
  }

  @Test
  void reason_onceTheTimeHasPassed_isTheDeadline() {
    assertThat(StopSignal.after(Duration.ZERO).reason()).contains(StopReason.DEADLINE);
  }

  @Test
  void reason_ofTwo_isTheFirstThatHasOne() {
    StopSignal deadline = StopSignal.after(Duration.ZERO);
    assertThat(StopSignal.never().or(INTERRUPTED).reason()).contains(StopReason.INTERRUPTED);
    assertThat(deadline.or(INTERRUPTED).reason()).contains(StopReason.DEADLINE);
    assertThat(StopSignal.never().or(StopSignal.never()).reason()).isEmpty();
  }
}
