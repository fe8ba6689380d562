package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it: commas, a header, quotes where a value holds a comma or a quote, and
 * spaces that are part of a value. But a record is a line: a quote that somebody forgot must not
 * swallow what comes after it.
 */
final class CsvFormat implements LineFormat {
  private static final Set<String> NUMBERS = Set.of("amount", "date");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

  private @Nullable List<String> header;

  @Override
  public Optional<Transaction> read(String line) {
    List<String> values = values(line);
    if (header == null) {
      header = header(values);
      return Optional.empty();
    }
    if (values.size() != header.size()) {
      throw new IllegalArgumentException(
          "a record must have as many values as the header, "
              + header.size()
              + ", got "
              + values.size());
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String name = header.get(i);
      fields.put(name, NUMBERS.contains(name) ? number(values.get(i)) : values.get(i));
    }
    return Optional.of(PoolRecord.transaction(fields));
  }

  /** Whether the header was good: without one, no line of the file means anything. */
  boolean hasHeader() {
    return header != null;
  }

  /** A long where it is one; else the text, which is refused with its reason. */
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

  /** Takes a value up to its comma; returns where that is, or the line's end. */
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

  /** Takes a value up to the comma after its closing quote; a doubled quote stands for one. */
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
