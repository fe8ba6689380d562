package io.goldennonce.config;

import org.jspecify.annotations.Nullable;

/** A text that no log, error or page may show. */
public final class Secret {
  private final String value;

  /** Hides a text. */
  public Secret(String value) {
    this.value = value;
  }

  /** The text itself. */
  public String reveal() {
    return value;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Not the text. */
  @Override
  public String toString() {
    return value.isEmpty() ? "(none)" : "(hidden)";
  }
}
