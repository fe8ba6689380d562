package io.goldennonce.table.storage;

/** A holder has lost its lease: it renewed too late, and another may hold it now. */
public final class LeaseLostException extends Exception {
  private static final long serialVersionUID = 1;

  LeaseLostException(String lease, String reason) {
    super("the lease " + lease + " is lost: " + reason);
  }
}
