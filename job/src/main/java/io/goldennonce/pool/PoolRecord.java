package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.Transfer;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a record says, whatever its file's format: the text {@code data}, the bytes {@code payload},
 * or a transfer's five fields.
 */
final class PoolRecord {
  static final String DATA = "data";
  static final String PAYLOAD = "payload";
  static final Set<String> TRANSFER = Set.of("to", "from", "amount", "id", "date");

  private PoolRecord() {}

  /**
   * The transaction of a record.
   *
   * @param fields texts, longs and byte arrays by name, or anything else where that is wrong
   * @throws IllegalArgumentException with the reason why it is not valid
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
   * Refuses fields that make no record.
   *
   * @throws IllegalArgumentException if they make none
   */
  static void requireForm(Set<String> names) {
    if (!names.equals(Set.of(DATA)) && !names.equals(Set.of(PAYLOAD)) && !names.equals(TRANSFER)) {
      throw new IllegalArgumentException(
          "a record must have 'data', or 'payload', or "
              + new TreeSet<>(TRANSFER)
              + ", got "
              + shortened(new TreeSet<>(names).toString()));
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
        "'"
            + name
            + "' must be a whole number below 2^63, got "
            + shortened(String.valueOf(fields.get(name))));
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
