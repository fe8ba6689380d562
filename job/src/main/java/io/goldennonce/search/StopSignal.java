package io.goldennonce.search;

import java.time.Duration;
import java.util.Optional;

/** Signals a search to stop; polled many times per second. */
@FunctionalInterface
public interface StopSignal {
  /** Returns why to stop now; empty to continue. */
  Optional<StopReason> reason();

  static StopSignal never() {
    return Optional::empty;
  }

  /** Returns a signal that stops when the time since this call has passed. */
  static StopSignal after(Duration time) {
    long start = System.nanoTime();
    return () ->
        System.nanoTime() - start >= time.toNanos()
            ? Optional.of(StopReason.DEADLINE)
            : Optional.empty();
  }

  /** Returns a signal that stops when either does. */
  default StopSignal or(StopSignal other) {
    return () -> reason().or(other::reason);
  }
}
