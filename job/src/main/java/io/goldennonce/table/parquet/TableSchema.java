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

  /** Starts the definition of a table whose rows are appended and never replaced. */
  public static <R> Builder<R> named(String name) {
    return new Builder<>(name, false);
  }

  /** Starts the definition of a table with keys, each of which has the rows saved last. */
  public static <R> Builder<R> versioned(String name) {
    return new Builder<>(name, true);
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

  /** Collects columns in their order. */
  public static final class Builder<R> {
    private final String name;
    private final boolean versioned;
    private final List<Column<R>> columns = new ArrayList<>();

    private Builder(String name, boolean versioned) {
      this.name = name;
      this.versioned = versioned;
    }

    /** Adds a column with a value in each row. */
    public Builder<R> required(String name, ColumnType type, Function<R, Object> value) {
      columns.add(new Column<>(name, type, true, value::apply));
      return this;
    }

    /** Adds a column that may be null. */
    public Builder<R> optional(String name, ColumnType type, Function<R, @Nullable Object> value) {
      columns.add(new Column<>(name, type, false, value));
      return this;
    }

    /** The schema of all columns added. */
    public TableSchema<R> build() {
      return new TableSchema<>(name, versioned, columns);
    }
  }
}
