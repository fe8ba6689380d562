package io.goldennonce.app;

import io.goldennonce.output.FailureText;
import java.net.UnknownHostException;

/** Spark did not start, though nobody asked for anything wrong: one line. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What became of a start.
   *
   * @return the user's fault where a setting has a wrong value, else a failure
   */
  static RuntimeException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new StartException(
            "Spark did not start: this machine's host name has no address ("
                + FailureText.of(cause)
                + "); add it to /etc/hosts, or set SPARK_LOCAL_IP",
            failure);
      }
    }
    String message = FailureText.of(failure);
    return failure instanceof IllegalArgumentException
            || message.startsWith("Could not parse Master URL")
        ? new UsageException("Spark did not start: " + message, failure)
        : new StartException("Spark did not start: " + message, failure);
  }
}
