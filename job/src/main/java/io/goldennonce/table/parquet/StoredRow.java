package io.goldennonce.table.parquet;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.parquet.io.InvalidRecordException;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, read by the names of its columns. Each method but {@link #has} and {@link
 * #optional} throws an {@code InvalidRecordException} where the value is null or of another type:
 * the file is not one of the table, or damaged.
 */
public final class StoredRow {
  private final Map<String, Integer> places;
  private final @Nullable Object[] values;

  private StoredRow(Map<String, Integer> places, @Nullable Object[] values) {
    this.places = places;
    this.values = values;
  }

  /**
   * Makes rows of the values that {@link ParquetFile} reads.
   *
   * @param columns the names of the values, in order
   */
  public static Function<@Nullable Object[], StoredRow> of(List<String> columns) {
    Map<String, Integer> places = new HashMap<>();
    columns.forEach(column -> places.putIfAbsent(column, places.size()));
    return values -> new StoredRow(places, values);
  }

  /** Whether there is a value. */
  public boolean has(String column) {
    return raw(column) != null;
  }

  /** A value that may be null, for example {@code row.optional("nonce", StoredRow::getLong)}. */
  public <T> Optional<T> optional(String column, BiFunction<StoredRow, String, T> getter) {
    return has(column) ? Optional.of(getter.apply(this, column)) : Optional.empty();
  }

  /** A LONG. */
  public long getLong(String column) {
    return get(column, Long.class);
  }

  /** An INT. */
  public int getInt(String column) {
    return get(column, Integer.class);
  }

  /** A DOUBLE. */
  public double getDouble(String column) {
    return get(column, Double.class);
  }

  public boolean getBoolean(String column) {
    return get(column, Boolean.class);
  }

  /** A STRING. */
  public String getString(String column) {
    return new String(getBytes(column), StandardCharsets.UTF_8);
  }

  /** A BINARY. */
  public byte[] getBytes(String column) {
    return get(column, byte[].class);
  }

  /** A TIMESTAMP. */
  public Instant getInstant(String column) {
    return Instant.EPOCH.plus(ColumnType.micros(get(column, Object.class)), ChronoUnit.MICROS);
  }

  /** BINARIES. */
  public List<byte[]> getBinaries(String column) {
    return Arrays.stream(get(column, Object[].class)).map(byte[].class::cast).toList();
  }

  /** LONGS. */
  public List<Long> getLongs(String column) {
    return Arrays.stream(get(column, Object[].class)).map(Long.class::cast).toList();
  }

  private <T> T get(String column, Class<T> type) {
    Object value = raw(column);
    if (!type.isInstance(value)) {
      throw new InvalidRecordException(
          "column %s must be a %s, got %s"
              .formatted(
                  column,
                  type.getSimpleName(),
                  value == null ? "none" : "a " + value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }

  private @Nullable Object raw(String column) {
    Integer place = places.get(column);
    return values[Objects.requireNonNull(place, () -> "no column " + column)];
  }
}
