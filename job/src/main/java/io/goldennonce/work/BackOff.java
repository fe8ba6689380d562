package io.goldennonce.work;

import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits after failures: one second, then two, four and so on, up to a maximum. */
public final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final long TICK_MILLIS = 20;

  private final Duration longest;
  private Duration next;

  /**
   * @param longest maximum wait
   */
  public BackOff(Duration longest) {
    this.longest = longest;
    this.next = shorter(FIRST);
  }

  /** Returns the length of the next wait. */
  public Duration next() {
    return next;
  }

  /** Waits, and makes the next wait longer. */
  public void pause(StopSignal stop) throws InterruptedException {
    long end = System.nanoTime() + next.toNanos();
    next = shorter(next.multipliedBy(2));
    for (long left = end - System.nanoTime();
        left > 0 && stop.reason().isEmpty();
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TICK_MILLIS * 1_000_000));
    }
  }

  public void reset() {
    next = shorter(FIRST);
  }

  private Duration shorter(Duration wait) {
    return wait.compareTo(longest) <= 0 ? wait : longest;
  }
}
