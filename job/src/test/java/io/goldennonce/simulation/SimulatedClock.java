package io.goldennonce.simulation;

/** True time, which only an observer of a simulated world knows, and the storage's clock. */
public final class SimulatedClock {
  private long now = 1_800_000_000_000L;
  private long storageOffset = 120_000;

  SimulatedClock() {}

  /** True time, in milliseconds since 1970. */
  public long now() {
    return now;
  }

  /** The storage's clock, which may be set, and is two minutes off true time. */
  public long storage() {
    return now + storageOffset;
  }

  /** Sets the storage's clock forward, or back by a negative time. */
  public void setStorage(long byMillis) {
    storageOffset += byMillis;
  }

  /** Lets time pass. */
  public void pass(long millis) {
    now += millis;
  }
}
