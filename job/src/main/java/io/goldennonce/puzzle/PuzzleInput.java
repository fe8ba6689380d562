package io.goldennonce.puzzle;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The field values of a puzzle, each checked when it is read. Immutable. */
public final class PuzzleInput {
  /** The largest number accepted: it leaves room for incrementing. */
  static final long MAX_NUMBER = 1_000_000_000_000_000_000L;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{1,64}");

  private final Map<PuzzleField, List<String>> values = new EnumMap<>(PuzzleField.class);

  private PuzzleInput() {}

  /** Creates the input from fields with their values; several only if the format takes several. */
  public static PuzzleInput of(Map<PuzzleField, List<String>> values) {
    PuzzleInput input = new PuzzleInput();
    values.forEach((field, list) -> input.values.put(field, List.copyOf(list)));
    return input;
  }

  /**
   * Rejects fields the format does not use.
   *
   * @throws IllegalArgumentException if another field is given
   */
  void requireOnly(String format, Set<PuzzleField> fields) {
    for (PuzzleField field : values.keySet()) {
      if (!fields.contains(field)) {
        throw new IllegalArgumentException(
            "%s does not apply to the format %s, which takes %s"
                .formatted(
                    field.option(),
                    format,
                    fields.stream().map(PuzzleField::option).collect(Collectors.joining(", "))));
      }
    }
  }

  String text(PuzzleField field) {
    List<String> given = all(field);
    if (given.isEmpty()) {
      throw new IllegalArgumentException(field.option() + " must be given");
    }
    if (given.size() > 1) {
      throw new IllegalArgumentException(
          field.option() + " must be given once, got " + given.size() + " values");
    }
    return given.get(0);
  }

  /** All values of a field; empty if it is not given. */
  List<String> all(PuzzleField field) {
    return values.getOrDefault(field, List.of());
  }

  /** A whole number from 0 to {@value #MAX_NUMBER}. */
  long number(PuzzleField field) {
    return number(field.option(), text(field));
  }

  static long number(String name, String text) {
    // Nineteen digits are less than 2^64, and numbers above 2^63 become negative.
    long number = NUMBER.matcher(text).matches() ? Long.parseUnsignedLong(text) : -1;
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          name + " must be a whole number from 0 to 10^18, got " + text);
    }
    return number;
  }

  /** Up to 64 hex digits, as typed. */
  String hash(PuzzleField field) {
    String text = text(field);
    if (!HASH.matcher(text).matches()) {
      throw new IllegalArgumentException(
          field.option() + " must be 1 to 64 hex digits, got " + text);
    }
    return text;
  }
}
