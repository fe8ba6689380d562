package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.Transfer;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a record of any format: the text {@code data}, the bytes {@code payload}, or
 * a transfer's five fields.
 */
final class PoolRecord {
  static final String DATA = "data";
  static final String PAYLOAD = "payload";
  static final Set<String> TRANSFER = Set.of("to", "from", "amount", "id", "date");

  private PoolRecord() {}

  /**
   * Reads the transaction of a record.
   *
   * @param fields texts, longs and byte arrays by name; other values are refused
   * @throws IllegalArgumentException if the record is not valid, with the reason
   */
  static Transaction transaction(Map<String, @Nullable Object> fields) {
    requireForm(fields.keySet());
    if (fields.containsKey(DATA)) {
      return Transaction.ofText(text(fields, DATA));
    }
    if (fields.containsKey(PAYLOAD)) {
      return Transaction.ofBytes(payload(fields.get(PAYLOAD)));
    }
    return new Transfer(
            text(fields, "to"),
            text(fields, "from"),
            number(fields, "amount"),
            text(fields, "id"),
            number(fields, "date"))
        .transaction();
  }

  /**
   * Checks the names of a record's fields.
   *
   * @throws IllegalArgumentException if they are not those of one of the three forms
   */
  static void requireForm(Set<String> names) {
    if (!names.equals(Set.of(DATA)) && !names.equals(Set.of(PAYLOAD)) && !names.equals(TRANSFER)) {
      throw new IllegalArgumentException(
          "a record must have 'data', or 'payload', or %s, got %s"
              .formatted(new TreeSet<>(TRANSFER), shortened(new TreeSet<>(names).toString())));
    }
  }

  private static String text(Map<String, @Nullable Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "'" + name + "' must be text, got " + shortened(String.valueOf(fields.get(name))));
  }

  private static long number(Map<String, @Nullable Object> fields, String name) {
    if (fields.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(
        "'%s' must be a whole number below 2^63, got %s"
            .formatted(name, shortened(String.valueOf(fields.get(name)))));
  }

  private static byte[] payload(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    try {
      return Base64.getDecoder().decode(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'payload' must be base64, got " + shortened(String.valueOf(value)), e);
    }
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
