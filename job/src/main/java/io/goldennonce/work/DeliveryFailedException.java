package io.goldennonce.work;

import java.util.Map;

/** Thrown if a solution was found but could not be stored; holds its facts and the reason. */
public final class DeliveryFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Object> facts;
  private final RuntimeException reason;

  DeliveryFailedException(Map<String, Object> facts, RuntimeException reason) {
    super(reason.getMessage(), reason);
    this.facts = facts;
    this.reason = reason;
  }

  /** Returns what to print of the solution, as {@link Delivery#facts}. */
  public Map<String, Object> facts() {
    return facts;
  }

  /** Returns why it could not be stored. */
  public RuntimeException reason() {
    return reason;
  }
}
