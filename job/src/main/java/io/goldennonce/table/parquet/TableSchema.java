package io.goldennonce.table.parquet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a table: its name, and its columns in order with their names, types, and how to
 * get their values from a record.
 *
 * @param <R> the record that a row is written from
 */
public final class TableSchema<R> {
  private final String name;
  private final boolean versioned;
  private final List<Column<R>> columns;
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

  private TableSchema(String name, boolean versioned, List<Column<R>> columns) {
    this.name = name;
    this.versioned = versioned;
    this.columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    List<Type> fields = new ArrayList<>();
    for (Column<R> column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("column " + column.name() + " must be defined once");
      }
      fields.add(column.type().parquet(column.name(), column.required()));
    }
    // The name that Spark gives.
    this.parquet = new MessageType("spark_schema", fields);
  }

  /** A table whose rows are appended and never replaced; without columns yet. */
  public static <R> TableSchema<R> named(String name) {
    return new TableSchema<>(name, false, List.of());
  }

  /** A table with keys, each of which has the rows saved last; without columns yet. */
  public static <R> TableSchema<R> versioned(String name) {
    return new TableSchema<>(name, true, List.of());
  }

  /** The same with one more column, which has a value in each row. */
  public TableSchema<R> required(String name, ColumnType type, Function<R, Object> value) {
    return with(new Column<>(name, type, true, value::apply));
  }

  /** The same with one more column, which may be null. */
  public TableSchema<R> optional(
      String name, ColumnType type, Function<R, @Nullable Object> value) {
    return with(new Column<>(name, type, false, value));
  }

  private TableSchema<R> with(Column<R> column) {
    List<Column<R>> more = new ArrayList<>(columns);
    more.add(column);
    return new TableSchema<>(name, versioned, more);
  }

  /** The table's name, and that of its directory. */
  public String name() {
    return name;
  }

  /** Whether its files are versions of keys, of which the highest counts. */
  public boolean isVersioned() {
    return versioned;
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
    return ParquetFile.write(parquet, Map.of(), records.stream().map(this::values).toList());
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
}
