package io.goldennonce.output;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names and values of a printed result, in order. The names are those of the tables' columns. */
public final class Fields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  public Fields with(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds names and values in their order. */
  public Fields with(Map<String, Object> more) {
    fields.putAll(more);
    return this;
  }

  /** Adds what all search results have in common. */
  public Fields with(SearchSpec spec, SearchResult result) {
    if (spec.solutions() > 1) {
      with("solutions", result.solutions().size());
    } else {
      result
          .found()
          .ifPresent(
              (Solution found) -> {
                fields.putIfAbsent("nonce", found.nonce());
                fields.putIfAbsent("hash", found.hash().toDisplay());
              });
    }
    with("outcome", result.outcome().label());
    with("search_id", spec.id());
    with("hashes", result.work().hashes());
    with("hashes_exact", result.work().isExact());
    if (result.work().resumed() > 0) {
      with("resumed_hashes", result.work().resumed());
      with("resumed_seconds", result.work().resumedTime().toMillis() / 1000.0);
    }
    with("seconds", result.elapsed().toMillis() / 1000.0);
    result
        .evidence()
        .tree()
        .ifPresent(tree -> with("root", tree.root().toHex()).with("tree_size", tree.size()));
    SearchResult.Evidence evidence = result.evidence();
    if (evidence.audits() > 0) {
      with("audits", evidence.audits());
    }
    if (!evidence.excluded().isEmpty()) {
      with("excluded_executors", String.join(", ", evidence.excluded()));
    }
    return this;
  }

  /** The names and values, for nested JSON objects. */
  @JsonValue
  Map<String, @Nullable Object> all() {
    return fields;
  }

  public @Nullable Object get(String name) {
    return fields.get(name);
  }

  /**
   * Prints rows with the same names as a table, or as one JSON object per line; nothing if there
   * are none. Missing values are blank.
   */
  public static void print(List<Fields> rows, boolean json, PrintWriter out) {
    if (json) {
      rows.forEach(row -> out.println(row.toJson()));
    } else if (!rows.isEmpty()) {
      TextTable.print(
          List.copyOf(rows.get(0).fields.keySet()), rows.stream().map(Fields::cells).toList(), out);
    }
  }

  private List<String> cells() {
    return fields.values().stream().map(value -> Objects.toString(value, "")).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names and plain values can be written", e);
    }
  }

  /** One line per field, with aligned values. */
  public String toText() {
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    String line = "%-" + width + "s  %s";
    return fields.entrySet().stream()
        .map(
            field -> line.formatted(field.getKey(), Printable.of(String.valueOf(field.getValue()))))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
