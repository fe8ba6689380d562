package io.goldennonce.puzzle;

import java.util.Locale;

/** The fields of a format's message besides the nonce and the difficulty. */
public enum PuzzleField {
  DATA,
  INDEX,
  TIMESTAMP,
  PREVIOUS_HASH,
  TRANSACTION,
  ID,
  DATE,
  EVENT;

  /** Its name in options and errors: lower case and hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String option() {
    return "--" + label();
  }
}
