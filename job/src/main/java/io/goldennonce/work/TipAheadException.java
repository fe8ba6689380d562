package io.goldennonce.work;

/** Thrown if no valid block can follow the tip yet: its time is too far ahead of the clock. */
public final class TipAheadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TipAheadException(String message) {
    super(message);
  }
}
