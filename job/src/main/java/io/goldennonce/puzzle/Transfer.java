package io.goldennonce.puzzle;

import io.goldennonce.pow.Hash256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A transaction of the format {@code transfer}.
 *
 * @param to who receives
 * @param from who sends, not the receiver
 * @param amount more than 0, as typed
 * @param date milliseconds since 1970
 */
record Transfer(String to, String from, String amount, String id, long date) {
  private static final String WHAT = PuzzleField.TRANSACTION.option();
  private static final int PARTS = 5;

  /**
   * Parses {@code TO,FROM,AMOUNT,ID,DATE}.
   *
   * @throws IllegalArgumentException on anything else
   */
  static Transfer parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          WHAT + " must be TO,FROM,AMOUNT,ID,DATE, got " + parts.length + " parts in " + text);
    }
    if (parts[0].isEmpty() || parts[1].isEmpty() || parts[0].equals(parts[1])) {
      throw new IllegalArgumentException(
          "%s must have different sender and receiver, got '%s' to '%s'"
              .formatted(WHAT, parts[1], parts[0]));
    }
    requireAmount(parts[2]);
    return new Transfer(
        parts[0], parts[1], parts[2], parts[3], PuzzleInput.number(WHAT + ": its date", parts[4]));
  }

  /** SHA-256 of {@code to ‖ from ‖ amount ‖ id ‖ date} in hex. */
  String hash() {
    return Hash256.sha256((to + from + amount + id + date).getBytes(StandardCharsets.UTF_8))
        .toHex();
  }

  private static void requireAmount(String text) {
    try {
      if (new BigDecimal(text).signum() > 0) {
        return;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException(WHAT + ": its amount must be above 0, got " + text);
  }
}
