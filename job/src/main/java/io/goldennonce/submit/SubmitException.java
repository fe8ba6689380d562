package io.goldennonce.submit;

/** Why nothing is submitted, in one line for the user. */
final class SubmitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final int FAILURE = 4;

  private final int code;

  private SubmitException(int code, String message) {
    super(message);
    this.code = code;
  }

  static SubmitException usage(String message) {
    return new SubmitException(2, message);
  }

  /** Something is missing here, or failed. */
  static SubmitException failure(String message) {
    return new SubmitException(FAILURE, message);
  }

  int code() {
    return code;
  }
}
