package io.goldennonce.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Await() {}

  /**
   * Waits until a condition holds, for at most five minutes.
   *
   * @param what what is waited for, for the error
   */
  public static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
      }
      Thread.sleep(10);
    }
  }
}
