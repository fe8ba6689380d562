package io.goldennonce.chain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transfer of an amount: a transaction whose payload is JSON in its canonical form (RFC 8785), so
 * that the same transfer has the same id everywhere:
 *
 * <pre>{"amount":5,"date":1700000000000,"from":"alice","id":"1","to":"bob"}</pre>
 *
 * @param to the receiver: 1 to {@value #MAX_NAME} characters, none of them a control character
 * @param from the sender, with the same limits; not the receiver
 * @param amount how much, in the smallest unit: at least 1
 * @param id distinguishes it from other transfers of this sender; limits as {@code to}
 * @param date when it was created, in ms since 1970-01-01T00:00Z: 0 to {@value #MAX_DATE}
 */
public record Transfer(String to, String from, long amount, String id, long date) {
  /** The longest name or id, in characters. */
  public static final int MAX_NAME = 256;

  private static final Pattern CANONICAL =
      Pattern.compile(
          "\\{\"amount\":(?<amount>\\d{1,19}),\"date\":(?<date>\\d{1,15}),\"from\":\"(?<from>NAME)\","
              .concat("\"id\":\"(?<id>NAME)\",\"to\":\"(?<to>NAME)\"}")
              .replace("NAME", "(?:[^\"\\\\]|\\\\[\"\\\\])*+"));

  /** The end of the year 9999, below the numbers that JSON readers round. */
  public static final long MAX_DATE = 253_402_300_799_999L;

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException outside the ranges above
   */
  public Transfer {
    requireName("to", to);
    requireName("from", from);
    requireName("id", id);
    if (to.equals(from)) {
      throw new IllegalArgumentException("sender and receiver must differ, got " + to + " twice");
    }
    if (amount < 1) {
      throw new IllegalArgumentException("an amount must be at least 1, got " + amount);
    }
    if (date < 0 || date > MAX_DATE) {
      throw new IllegalArgumentException(
          "a date must be from 0 to " + MAX_DATE + " ms since 1970, got " + date);
    }
  }

  /**
   * Parses a payload that is the canonical form of a transfer.
   *
   * @param payload any bytes
   */
  public static Optional<Transfer> ofPayload(byte[] payload) {
    Matcher form = CANONICAL.matcher(new String(payload, StandardCharsets.UTF_8));
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      Transfer transfer =
          new Transfer(
              unquoted(form.group("to")),
              unquoted(form.group("from")),
              Long.parseLong(form.group("amount")),
              unquoted(form.group("id")),
              Long.parseLong(form.group("date")));
      byte[] canonical = transfer.canonicalText().getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(canonical, payload) ? Optional.of(transfer) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public Transaction transaction() {
    return Transaction.ofText(canonicalText());
  }

  /** The payload as text: keys in order, no spaces, no escapes but of quotes and backslashes. */
  public String canonicalText() {
    return """
    {"amount":%s,"date":%s,"from":%s,"id":%s,"to":%s}"""
        .formatted(amount, date, quoted(from), quoted(id), quoted(to));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String unquoted(String name) {
    return name.replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private static void requireName(String field, String value) {
    if (value.isEmpty() || value.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "'" + field + "' must have 1 to " + MAX_NAME + " characters, got " + value.length());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'" + field + "' must not hold control characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("'" + field + "' must be text, got half a character");
    }
  }
}
