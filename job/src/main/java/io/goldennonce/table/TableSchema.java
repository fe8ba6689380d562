package io.goldennonce.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, in order: their names, types, and how to get their values from a record.
 *
 * @param <R> the record that a row is written from
 */
public final class TableSchema<R> {
  private final List<Column<R>> columns;
  private final Map<String, Integer> places;
  private final MessageType parquet;

  /**
   * A column.
   *
   * @param name its name, for good
   * @param required whether each row has a value; columns added later must not be
   * @param value the value of a record, of the class that the type names; null where there is none
   */
  public record Column<R>(
      String name, ColumnType type, boolean required, Function<R, @Nullable Object> value) {}

  private TableSchema(List<Column<R>> columns) {
    this.columns = List.copyOf(columns);
    this.places = new HashMap<>();
    List<org.apache.parquet.schema.Type> fields = new ArrayList<>();
    for (Column<R> column : columns) {
      if (places.put(column.name(), places.size()) != null) {
        throw new IllegalArgumentException("column " + column.name() + " must be defined once");
      }
      fields.add(column.type().parquet(column.name(), column.required()));
    }
    // The name that Spark gives.
    this.parquet = new MessageType("spark_schema", fields);
  }

  /** Starts a definition. */
  public static <R> Builder<R> builder() {
    return new Builder<>();
  }

  /** The columns, in order. */
  public List<Column<R>> columns() {
    return columns;
  }

  /** The names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The schema of the files written. */
  public MessageType parquet() {
    return parquet;
  }

  /** A file with a row for each record. */
  public byte[] write(List<? extends R> records) {
    return ParquetFile.write(
        parquet, Map.of(), records.stream().map(this::values).toList());
  }

  /** The values of a record as {@link ParquetFile} takes them. */
  @Nullable Object[] values(R entry) {
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      Object value = columns.get(i).value().apply(entry);
      row[i] = value == null ? null : columns.get(i).type().encode(value);
    }
    return row;
  }

  /**
   * A row that was read.
   *
   * @param values in the order of {@link #names()}
   */
  public StoredRow row(@Nullable Object[] values) {
    return new StoredRow(places, values);
  }

  /** Collects columns in their order. */
  public static final class Builder<R> {
    private final List<Column<R>> columns = new ArrayList<>();

    private Builder() {}

    /** Adds a column with a value in each row. */
    public Builder<R> required(String name, ColumnType type, Function<R, Object> value) {
      columns.add(new Column<>(name, type, true, value::apply));
      return this;
    }

    /** Adds a column that may be null. */
    public Builder<R> optional(
        String name, ColumnType type, Function<R, @Nullable Object> value) {
      columns.add(new Column<>(name, type, false, value));
      return this;
    }

    /** The schema of all columns added. */
    public TableSchema<R> build() {
      return new TableSchema<>(columns);
    }
  }
}
