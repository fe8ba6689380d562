package io.goldennonce.warehouse;

/** A warehouse that can't be used as it is: the message names the rule, the path and the mend. */
public sealed class WarehouseException extends RuntimeException permits SearchTakenException {
  private static final long serialVersionUID = 1;

  public WarehouseException(String message) {
    super(message);
  }

  public WarehouseException(String message, Throwable cause) {
    super(message, cause);
  }
}
