package io.goldennonce.search;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Signals a search to stop; polled many times per second. */
@FunctionalInterface
public interface StopSignal {
  /** Returns why to stop now; empty to continue. */
  Optional<StopReason> reason();

  static StopSignal never() {
    return Optional::empty;
  }

  /** Returns a signal that stops for a reason, as long as that is the case. */
  static StopSignal when(StopReason reason, BooleanSupplier isSo) {
    return () -> isSo.getAsBoolean() ? Optional.of(reason) : Optional.empty();
  }

  /** Returns a signal that stops when the time since this call has passed. */
  static StopSignal after(Duration time) {
    long start = System.nanoTime();
    return when(StopReason.DEADLINE, () -> System.nanoTime() - start >= time.toNanos());
  }

  /** Returns a signal that stops when either does. */
  default StopSignal or(StopSignal other) {
    return () -> reason().or(other::reason);
  }
}
