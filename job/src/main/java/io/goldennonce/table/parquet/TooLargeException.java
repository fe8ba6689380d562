package io.goldennonce.table.parquet;

import java.io.IOException;

/** A Parquet file has more than its reader takes: no wait makes it smaller. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Names the rule.
   *
   * @param part whose bytes were counted
   */
  public TooLargeException(String part, long limit, long bytes) {
    this(part + " of a Parquet file must have at most " + limit + " bytes, got " + bytes);
  }

  public TooLargeException(String message) {
    super(message);
  }
}
