package io.goldennonce.cli.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Searches in a file, one JSON object per line: the options of {@code solve} by their names. */
final class BatchFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final String PRIORITY = "priority";

  /** Options that a single search can't have. */
  private static final Set<String> REFUSED =
      Set.of(
          "batch",
          "c",
          "config",
          "D",
          "h",
          "help",
          "json",
          "kernel",
          "keyspace",
          "max-cost",
          "price",
          "q",
          "quiet",
          "status",
          "verbose",
          "warehouse");

  private BatchFile() {}

  /**
   * A search.
   *
   * @param line in the file, from 1 on
   * @param priority higher ones run first
   * @param arguments those of {@code solve}
   */
  record Entry(int line, int priority, List<String> arguments) {
    Entry {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Reads a file.
   *
   * @return the searches by descending priority, then in the file's order
   * @throws UsageException if it can't be read, or a line is no search; the message has the line
   */
  static List<Entry> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException("--batch must be a file of UTF-8 text, got " + file, e);
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        int line = i + 1;
        String text = lines.get(i);
        entries.add(UsageException.checked(where(file, line), () -> entry(line, text)));
      }
    }
    if (entries.isEmpty()) {
      throw new UsageException("--batch must have a search, one per line, got none in " + file);
    }
    // Stable: equals stay in the file's order.
    entries.sort(Comparator.comparingInt(Entry::priority).reversed());
    return entries;
  }

  /** A line, for an error. */
  static String where(Path file, int line) {
    return "--batch " + file + ", line " + line;
  }

  private static Entry entry(int line, String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a search must be a JSON object on one line", e);
    }
    if (!json.isObject()) {
      throw new IllegalArgumentException("a search must be a JSON object on one line");
    }
    int priority = 0;
    List<String> arguments = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> all = json.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> field = all.next();
      if (field.getKey().equals(PRIORITY)) {
        if (!field.getValue().isInt()) {
          throw new IllegalArgumentException(
              "priority must be a whole number, got " + field.getValue());
        }
        priority = field.getValue().intValue();
      } else {
        add(arguments, field.getKey(), field.getValue());
      }
    }
    return new Entry(line, priority, arguments);
  }

  private static void add(List<String> arguments, String name, JsonNode value) {
    if (REFUSED.contains(name) || name.isEmpty() || name.startsWith("-")) {
      throw new IllegalArgumentException(
          "a search has the options of solve, without dashes and without "
              + String.join(", ", new TreeSet<>(REFUSED))
              + ", got "
              + name);
    }
    if (value.isArray()) {
      value.forEach(each -> add(arguments, name, each));
    } else if (value.isTextual() || value.isNumber()) {
      arguments.add("--" + name + "=" + value.asText());
    } else if (value.isBoolean()) {
      if (value.booleanValue()) {
        arguments.add("--" + name);
      }
    } else {
      throw new IllegalArgumentException(
          name + " must be text, a number, true, false or a list of them, got " + value);
    }
  }
}
