package io.goldennonce.table.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.io.InvalidRecordException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Makes an array of values out of what Parquet's reader gives of a row. */
final class RowMaterializer extends RecordMaterializer<@Nullable Object[]> {
  private final Group root;
  private @Nullable Object[] row = {};

  /** Where a value goes to. */
  private interface Sink {
    void accept(@Nullable Object value);
  }

  /**
   * @param requested the columns that are in the file, each once
   * @param columns the names of a row's values
   */
  RowMaterializer(MessageType requested, List<String> columns) {
    List<Converter> fields = new ArrayList<>();
    for (Type field : requested.getFields()) {
      int[] places =
          IntStream.range(0, columns.size())
              .filter(i -> columns.get(i).equals(field.getName()))
              .toArray();
      Sink sink =
          value -> {
            for (int place : places) {
              row[place] = value;
            }
          };
      fields.add(field.isPrimitive() ? new Value(field, sink) : list(element(field), sink));
    }
    root = new Group(() -> row = new @Nullable Object[columns.size()], fields, () -> {});
  }

  @Override
  public @Nullable Object[] getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /** The repeated group around a list's elements. */
  static GroupType repeated(Type list) {
    GroupType group = list.asGroupType();
    if (group.getFieldCount() != 1
        || !group.getType(0).isRepetition(Type.Repetition.REPEATED)
        || group.getType(0).isPrimitive()
        || group.getType(0).asGroupType().getFieldCount() != 1) {
      throw unsupported(list);
    }
    return group.getType(0).asGroupType();
  }

  private static Type element(Type list) {
    Type element = repeated(list).getType(0);
    if (!element.isPrimitive()) {
      throw unsupported(list);
    }
    return element;
  }

  static InvalidRecordException unsupported(Type field) {
    return new InvalidRecordException(
        "column %s must be a number, boolean, binary or a list of these, got %s"
            .formatted(field.getName(), field));
  }

  /** An element is null unless a value follows. */
  private static Converter list(Type element, Sink sink) {
    List<@Nullable Object> values = new ArrayList<>();
    Converter value = new Value(element, read -> values.set(values.size() - 1, read));
    Converter entry = new Group(() -> values.add(null), List.of(value), () -> {});
    return new Group(values::clear, List.of(entry), () -> sink.accept(values.toArray()));
  }

  private static final class Group extends GroupConverter {
    private final Runnable start;
    private final List<Converter> fields;
    private final Runnable end;

    Group(Runnable start, List<Converter> fields, Runnable end) {
      this.start = start;
      this.fields = fields;
      this.end = end;
    }

    @Override
    public Converter getConverter(int field) {
      return fields.get(field);
    }

    @Override
    public void start() {
      start.run();
    }

    @Override
    public void end() {
      end.run();
    }
  }

  private static final class Value extends PrimitiveConverter {
    private final Sink sink;

    Value(Type field, Sink sink) {
      if (field.isRepetition(Type.Repetition.REPEATED)
          || field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
        throw unsupported(field);
      }
      this.sink = sink;
    }

    @Override
    public void addBinary(Binary value) {
      sink.accept(value.getBytes());
    }

    @Override
    public void addBoolean(boolean value) {
      sink.accept(value);
    }

    @Override
    public void addDouble(double value) {
      sink.accept(value);
    }

    @Override
    public void addInt(int value) {
      sink.accept(value);
    }

    @Override
    public void addLong(long value) {
      sink.accept(value);
    }
  }
}
