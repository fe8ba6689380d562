package io.goldennonce.table.storage;

/** Someone else holds a lease. */
public final class LeaseHeldException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Lease.Held held;

  LeaseHeldException(Lease.Held held) {
    super("the lease " + held.lease() + " is held, renewed " + held.age().toSeconds() + " s ago");
    this.held = held;
  }

  /** By whom. */
  public Lease.Held held() {
    return held;
  }
}
