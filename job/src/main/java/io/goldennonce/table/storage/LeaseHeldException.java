package io.goldennonce.table.storage;

import java.time.Duration;

/** Someone else holds a lease. */
public final class LeaseHeldException extends Exception {
  private static final long serialVersionUID = 1;

  private final byte[] holder;
  private final Duration age;

  LeaseHeldException(String lease, byte[] holder, Duration age) {
    super("the lease " + lease + " is held, renewed " + age.toSeconds() + " s ago");
    this.holder = holder.clone();
    this.age = age;
  }

  /** What the holder wrote about itself; empty if that can't be read. */
  public byte[] holder() {
    return holder.clone();
  }

  /** How long ago it took or renewed the lease, by the storage's clock. */
  public Duration age() {
    return age;
  }
}
