package io.goldennonce.work.remote;

/**
 * Thrown if a server gives no usable answer; the message is one line with the reason. A later
 * attempt may succeed.
 */
public final class AwayException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean answered;

  private AwayException(String message, boolean answered) {
    super(message);
    this.answered = answered;
  }

  /**
   * The server can't be reached, is too slow, or is out of order: no other request would succeed.
   */
  public static AwayException away(String message) {
    return new AwayException(message, false);
  }

  /** The answer is unusable; another request may succeed. */
  public static AwayException answered(String message) {
    return new AwayException(message, true);
  }

  /** Whether the server has answered, so that only this request's answer is unusable. */
  public boolean isAnswered() {
    return answered;
  }
}
