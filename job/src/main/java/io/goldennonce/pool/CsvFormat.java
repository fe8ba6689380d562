package io.goldennonce.pool;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.goldennonce.chain.Transaction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it: commas, a header, quotes where a value holds a comma or a quote. But a
 * record is a line: a quote that somebody forgot must not swallow what comes after it.
 */
final class CsvFormat implements LineFormat {
  private static final Set<String> NUMBERS = Set.of("amount", "date");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private final CsvParser parser;
  private String @Nullable [] header;

  /**
   * @param maxChars the most that a value has
   */
  CsvFormat(int maxChars) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setQuoteEscape('"');
    settings.setMaxCharsPerColumn(maxChars);
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    settings.setEmptyValue("");
    settings.setNullValue("");
    this.parser = new CsvParser(settings);
  }

  @Override
  public Optional<Transaction> read(String line) {
    String[] values = values(line);
    if (header == null) {
      header = header(values);
      return Optional.empty();
    }
    if (values.length != header.length) {
      throw new IllegalArgumentException(
          "a record must have " + header.length + " values as the header, got " + values.length);
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      boolean number = NUMBERS.contains(header[i]) && WHOLE.matcher(values[i]).matches();
      fields.put(header[i], number ? (Object) Long.valueOf(values[i]) : values[i]);
    }
    return Optional.of(PoolRecord.transaction(fields));
  }

  /** Whether the header was good: without one, no line of the file means anything. */
  boolean hasHeader() {
    return header != null;
  }

  private static String[] header(String[] names) {
    Set<String> different = new LinkedHashSet<>(Arrays.asList(names));
    if (different.size() < names.length) {
      throw new IllegalArgumentException("a CSV file's columns must differ, got " + names.length);
    }
    PoolRecord.requireForm(different);
    return names;
  }

  private String[] values(String line) {
    if (line.chars().filter(character -> character == '"').count() % 2 != 0) {
      throw new IllegalArgumentException(
          "a record must have a quote for each quote, got " + PoolRecord.shortened(line));
    }
    try {
      String[] values = parser.parseLine(line);
      return values == null ? new String[0] : values;
    } catch (TextParsingException e) {
      throw new IllegalArgumentException(
          "a record must be CSV, with quotes around a value that holds one, got "
              + PoolRecord.shortened(line),
          e);
    }
  }
}
