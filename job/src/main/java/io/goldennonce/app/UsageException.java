package io.goldennonce.app;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thrown for wrong usage; one line with the rule, the value and the option. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Refuses a value of an option below a minimum; null if the option is not given. */
  public static void requireAtLeast(long least, String option, @Nullable Number value) {
    if (value != null && value.longValue() < least) {
      throw new UsageException("%s must be %s or more, got %s".formatted(option, least, value));
    }
  }

  /** Refuses a value of an option outside a range; null if the option is not given. */
  public static void requireWithin(long least, long most, String option, @Nullable Number value) {
    if (value != null && (value.longValue() < least || value.longValue() > most)) {
      throw new UsageException(
          "%s must be from %s to %s, got %s".formatted(option, least, most, value));
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
