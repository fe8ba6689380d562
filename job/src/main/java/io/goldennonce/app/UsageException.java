package io.goldennonce.app;

import java.util.function.Supplier;

/** The user asked for something that can't be: one line, the rule, the value, the option. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Runs a factory of checked values; what it refuses is the option's fault. */
  public static <T> T checked(String option, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
