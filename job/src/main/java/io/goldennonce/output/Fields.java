package io.goldennonce.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result as it is printed: names, the tables' column names, and values, in order. */
public final class Fields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  public Fields with(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** All of some names and values, in their order. */
  public Fields with(Map<String, Object> more) {
    fields.putAll(more);
    return this;
  }

  /** What every search's result has. */
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
    with("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
    with("search_id", spec.id());
    with("hashes", result.work().hashes());
    with("hashes_exact", result.work().isExact());
    if (result.work().resumed() > 0) {
      with("resumed_hashes", result.work().resumed());
      with("resumed_seconds", result.work().resumedTime().toMillis() / 1000.0);
    }
    return with("seconds", result.elapsed().toMillis() / 1000.0);
  }

  public @Nullable Object get(String name) {
    return fields.get(name);
  }

  public List<String> names() {
    return List.copyOf(fields.keySet());
  }

  public List<String> values() {
    return fields.values().stream().map(String::valueOf).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** One line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names and plain values can be written", e);
    }
  }

  /** A line a field, the values in one column. */
  public String toText() {
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      if (text.length() > 0) {
        text.append(System.lineSeparator());
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %s",
              field.getKey(),
              Printable.of(String.valueOf(field.getValue()))));
    }
    return text.toString();
  }
}
