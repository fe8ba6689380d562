package io.goldennonce.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  /** Ends each pause at once, so that nobody waits. */
  private static final StopSignal STOPPED = () -> Optional.of(StopReason.DEADLINE);

  @Test
  void pause_failureAfterFailure_doublesUpToTheLongest() throws InterruptedException {
    BackOff backOff = new BackOff(Duration.ofSeconds(10));
    for (long seconds : LongStream.of(1, 2, 4, 8, 10, 10).toArray()) {
      assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(seconds));
      backOff.pause(STOPPED);
    }
    backOff.reset();
    assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void next_longestBelowASecond_isTheLongest() throws InterruptedException {
    BackOff backOff = new BackOff(Duration.ofMillis(5));
    backOff.pause(StopSignal.never());
    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(5));
  }
}
