package io.goldennonce.config;

/**
 * A text that must not appear in a log, error or page.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {
  public boolean isEmpty() {
    return reveal.isEmpty();
  }

  /** Does not show the text. */
  @Override
  public String toString() {
    return isEmpty() ? "(none)" : "(hidden)";
  }
}
