package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.Locale;

/** Reads and validates the parameters of a pool's message, by index. */
final class Parameters {
  private static final int MAX_TEXT = 200;

  private Parameters() {}

  /** A text of 1 to 200 characters. */
  static String text(JsonNode list, int index, String what) {
    JsonNode value = list.path(index);
    if (!value.isTextual()
        || value.textValue().isEmpty()
        || value.textValue().length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          what + " must be a text of 1 to " + MAX_TEXT + " characters");
    }
    return value.textValue();
  }

  /** Bytes in hex, in lower case. */
  static String hex(JsonNode list, int index, String what) {
    JsonNode value = list.path(index);
    String text = value.asText();
    if (!value.isTextual()
        || text.length() % 2 != 0
        || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(what + " must be bytes in hex");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  static boolean flag(JsonNode list, int index, String what) {
    JsonNode value = list.path(index);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(what + " must be true or false");
    }
    return value.booleanValue();
  }

  /** A whole number in a range. */
  static int whole(JsonNode list, int index, int min, int max, String what) {
    JsonNode value = list.path(index);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(what + " must be a whole number");
    }
    if (value.intValue() < min || value.intValue() > max) {
      throw new IllegalArgumentException(
          what + " must be from " + min + " to " + max + ", got " + value.intValue());
    }
    return value.intValue();
  }

  /** A number, whole or not; infinite if it is too large for a double. */
  static double number(JsonNode list, int index, String what) {
    JsonNode value = list.path(index);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(what + " must be a number");
    }
    return value.doubleValue();
  }
}
