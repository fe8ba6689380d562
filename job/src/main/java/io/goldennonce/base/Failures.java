package io.goldennonce.base;

/** What is behind an exception. */
public final class Failures {
  private Failures() {}

  /** The cause of an exception that only wraps one; the exception itself if it has none. */
  public static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  /** The first line of its message, or its class where it has none. */
  public static String line(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
