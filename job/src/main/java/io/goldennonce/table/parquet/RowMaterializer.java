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
  private final Converter[] converters;
  private final int width;
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
    this.width = columns.size();
    this.converters = new Converter[requested.getFieldCount()];
    for (int i = 0; i < converters.length; i++) {
      Type field = requested.getType(i);
      int[] places = places(columns, field.getName());
      converters[i] =
          converter(
              field,
              value -> {
                for (int place : places) {
                  row[place] = value;
                }
              });
    }
  }

  private static int[] places(List<String> columns, String name) {
    return IntStream.range(0, columns.size()).filter(i -> columns.get(i).equals(name)).toArray();
  }

  @Override
  public @Nullable Object[] getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return new GroupConverter() {
      @Override
      public Converter getConverter(int field) {
        return converters[field];
      }

      @Override
      public void start() {
        row = new @Nullable Object[width];
      }

      @Override
      public void end() {
        // The row is complete.
      }
    };
  }

  /** The repeated field of a list, in any of the forms in which Parquet's writers store lists. */
  static Type repeatedField(GroupType list) {
    Type repeated = list.getFieldCount() == 1 ? list.getType(0) : list;
    boolean one = repeated.isPrimitive() || repeated.asGroupType().getFieldCount() == 1;
    if (!repeated.isRepetition(Type.Repetition.REPEATED) || !one) {
      throw unsupported(list);
    }
    return repeated;
  }

  static InvalidRecordException unsupported(Type field) {
    return new InvalidRecordException(
        "column %s must be a number, boolean, binary or a list of these, got %s"
            .formatted(field.getName(), field));
  }

  private static Converter converter(Type field, Sink sink) {
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      throw unsupported(field);
    }
    return field.isPrimitive() ? new Value(field, sink) : new ListOf(field.asGroupType(), sink);
  }

  private static final class Value extends PrimitiveConverter {
    private final Sink sink;

    Value(Type field, Sink sink) {
      if (field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
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

  private static final class ListOf extends GroupConverter {
    private final Sink sink;
    private final Converter elements;
    private List<@Nullable Object> values = new ArrayList<>();

    ListOf(GroupType list, Sink sink) {
      this.sink = sink;
      Type repeated = repeatedField(list);
      this.elements =
          repeated.isPrimitive()
              ? new Value(repeated, value -> values.add(value))
              : new Element(
                  repeated.asGroupType().getType(0),
                  value -> values.set(values.size() - 1, value),
                  () -> values.add(null));
    }

    @Override
    public Converter getConverter(int field) {
      return elements;
    }

    @Override
    public void start() {
      values = new ArrayList<>();
    }

    @Override
    public void end() {
      sink.accept(values.toArray());
    }
  }

  /** The group around an element, which is null unless a value follows. */
  private static final class Element extends GroupConverter {
    private final Converter value;
    private final Runnable begin;

    Element(Type element, Sink sink, Runnable begin) {
      this.value = converter(element, sink);
      this.begin = begin;
    }

    @Override
    public Converter getConverter(int field) {
      return value;
    }

    @Override
    public void start() {
      begin.run();
    }

    @Override
    public void end() {
      // The element is complete.
    }
  }
}
