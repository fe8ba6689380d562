package io.goldennonce.base;

/** Describes exceptions. */
public final class Failures {
  private Failures() {}

  /** Returns the cause of an exception that wraps another; the exception itself if it has none. */
  public static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  /** Returns the first line of the message; the class name if there is no message. */
  public static String line(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
