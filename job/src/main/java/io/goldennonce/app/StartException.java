package io.goldennonce.app;

import io.goldennonce.output.FailureText;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Thrown if Spark did not start for another reason than wrong usage; one line. */
public final class StartException extends RuntimeException {
  StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Classifies the failure of a start.
   *
   * @return a usage error if a setting has a wrong value; otherwise a start exception
   */
  static RuntimeException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new StartException(
            "Spark did not start: " + unknownHost(FailureText.of(cause), cause), failure);
      }
    }
    String message = FailureText.of(failure);
    return failure instanceof IllegalArgumentException
            || message.startsWith("Could not parse Master URL")
        ? new UsageException("Spark did not start: " + message, failure)
        : new StartException("Spark did not start: " + message, failure);
  }

  private static String unknownHost(String name, Throwable cause) {
    boolean own =
        Stream.of(cause.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("getLocalHost"));
    return own
        ? ("this machine's host name has no address (%s); add it to /etc/hosts, or set"
                + " SPARK_LOCAL_IP")
            .formatted(name)
        : "no address is known for the host %s; check --master".formatted(name);
  }
}
