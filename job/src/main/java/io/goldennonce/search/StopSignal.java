package io.goldennonce.search;

import java.time.Duration;
import java.util.Optional;

/** Whether a search must stop; polled many times per second. */
@FunctionalInterface
public interface StopSignal {
  /** Why to stop now, or nothing. */
  Optional<StopReason> reason();

  /** Never stops. */
  static StopSignal never() {
    return Optional::empty;
  }

  /** Stops once the time has passed, counted from this call. */
  static StopSignal after(Duration time) {
    long start = System.nanoTime();
    return () ->
        System.nanoTime() - start >= time.toNanos()
            ? Optional.of(StopReason.DEADLINE)
            : Optional.empty();
  }

  /** Stops when either does. */
  default StopSignal or(StopSignal other) {
    return () -> reason().or(other::reason);
  }
}
