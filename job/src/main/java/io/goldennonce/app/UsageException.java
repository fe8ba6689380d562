package io.goldennonce.app;

import java.util.function.Supplier;

/** Thrown for wrong usage; one line with the rule, the value and the option. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Refuses a value of an option below a minimum. */
  public static void requireAtLeast(long least, String option, long value) {
    if (value < least) {
      throw new UsageException("%s must be %s or more, got %s".formatted(option, least, value));
    }
  }

  /** Creates a value of an option; an illegal argument becomes a usage error. */
  public static <T> T checked(String option, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
