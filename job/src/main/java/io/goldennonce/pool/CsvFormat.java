package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in RFC 4180: commas, a header, quotes around values with a comma or a quote, and spaces as
 * part of a value. Unlike there, a record is one line, so that a missing quote affects only its own
 * record.
 */
final class CsvFormat implements Function<String, Optional<Transaction>> {
  private static final Set<String> NUMBERS = Set.of("amount", "date");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

  private @Nullable List<String> header;

  @Override
  public Optional<Transaction> apply(String line) {
    List<String> values = values(line);
    if (header == null) {
      header = header(values);
      return Optional.empty();
    }
    if (values.size() != header.size()) {
      throw new IllegalArgumentException(
          "a record must have as many values as the header, %s, got %s"
              .formatted(header.size(), values.size()));
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String name = header.get(i);
      fields.put(name, NUMBERS.contains(name) ? number(values.get(i)) : values.get(i));
    }
    return Optional.of(PoolRecord.transaction(fields));
  }

  /** Whether a valid header was read. Without one, the file has no valid line. */
  boolean hasHeader() {
    return header != null;
  }

  /** Converts to a long if possible; if not, returns the text, which is refused with its reason. */
  private static Object number(String text) {
    try {
      return WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
    } catch (NumberFormatException e) {
      return text; // too large
    }
  }

  private static List<String> header(List<String> names) {
    Set<String> different = new HashSet<>(names);
    if (different.size() < names.size()) {
      throw new IllegalArgumentException("a CSV file's columns must differ, got " + names.size());
    }
    PoolRecord.requireForm(different);
    return names;
  }

  private static List<String> values(String line) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder value = new StringBuilder();
      at =
          at < line.length() && line.charAt(at) == '"'
              ? quoted(line, at + 1, value)
              : plain(line, at, value);
      values.add(value.toString());
      if (at == line.length()) {
        return values;
      }
      at++; // the comma
    }
  }

  /** Reads a value; returns the position of the comma after it, or of the line's end. */
  private static int plain(String line, int from, StringBuilder value) {
    int comma = line.indexOf(',', from);
    int end = comma < 0 ? line.length() : comma;
    value.append(line, from, end);
    if (value.indexOf("\"") >= 0) {
      throw new IllegalArgumentException(
          "a value with a quote in it must be in quotes, and the quote doubled, got "
              + PoolRecord.shortened(line));
    }
    return end;
  }

  /** Reads a value in quotes, as {@link #plain} does; a doubled quote stands for one. */
  private static int quoted(String line, int from, StringBuilder value) {
    int at = from;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException(
            "a record must have a quote for each quote, in one line, got "
                + PoolRecord.shortened(line));
      }
      value.append(line, at, quote);
      at = quote + 1;
      if (at == line.length() || line.charAt(at) == ',') {
        return at;
      }
      if (line.charAt(at) != '"') {
        throw new IllegalArgumentException(
            "a value in quotes must end with its closing quote, got " + PoolRecord.shortened(line));
      }
      value.append('"');
      at++;
    }
  }
}
