package io.goldennonce.work.remote;

/** A server gave no answer that can be used: one line that says why. Waiting may help. */
public final class AwayException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean answered;

  private AwayException(String message, boolean answered) {
    super(message);
    this.answered = answered;
  }

  /** Nobody there, too slow, or out of order: whatever is asked meets the same. */
  public static AwayException away(String message) {
    return new AwayException(message, false);
  }

  /** It answers, but not what was asked for: another question may fare better. */
  public static AwayException answered(String message) {
    return new AwayException(message, true);
  }

  /** Whether the server is there and has answered just this request with something unusable. */
  public boolean isAnswered() {
    return answered;
  }
}
