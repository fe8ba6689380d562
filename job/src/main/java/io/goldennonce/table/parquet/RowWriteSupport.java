package io.goldennonce.table.parquet;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Gives the values of a row to Parquet's writer, column by column. */
final class RowWriteSupport extends WriteSupport<@Nullable Object[]> {
  private final MessageType schema;
  private final Map<String, String> metadata;
  private @Nullable RecordConsumer consumer;

  RowWriteSupport(MessageType schema, Map<String, String> metadata) {
    this.schema = schema;
    this.metadata = metadata;
  }

  @Override
  public String getName() {
    return "golden-nonce";
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema, metadata);
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(@Nullable Object[] row) {
    RecordConsumer out = consumer;
    if (out == null) {
      throw new IllegalStateException("the writer is not prepared");
    }
    List<Type> fields = schema.getFields();
    if (row.length != fields.size()) {
      throw new IllegalArgumentException(
          "a row must have " + fields.size() + " values, got " + row.length);
    }
    out.startMessage();
    for (int i = 0; i < row.length; i++) {
      writeField(out, fields.get(i), i, row[i]);
    }
    out.endMessage();
  }

  private static void writeField(
      RecordConsumer out, Type field, int index, @Nullable Object value) {
    if (value == null) {
      if (!field.isRepetition(Type.Repetition.OPTIONAL)) {
        throw new IllegalArgumentException("column " + field.getName() + " must have a value");
      }
      return;
    }
    out.startField(field.getName(), index);
    if (field.isPrimitive()) {
      writePrimitive(out, field, value);
    } else {
      writeList(out, RowMaterializer.repeated(field), as(Object[].class, field, value));
    }
    out.endField(field.getName(), index);
  }

  private static void writeList(RecordConsumer out, GroupType entry, @Nullable Object[] elements) {
    out.startGroup();
    if (elements.length > 0) {
      out.startField(entry.getName(), 0);
      for (Object element : elements) {
        out.startGroup();
        writeField(out, entry.getType(0), 0, element);
        out.endGroup();
      }
      out.endField(entry.getName(), 0);
    }
    out.endGroup();
  }

  private static void writePrimitive(RecordConsumer out, Type field, Object value) {
    switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> out.addLong(as(Long.class, field, value));
      case INT32 -> out.addInteger(as(Integer.class, field, value));
      case DOUBLE -> out.addDouble(as(Double.class, field, value));
      case BOOLEAN -> out.addBoolean(as(Boolean.class, field, value));
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
          out.addBinary(Binary.fromConstantByteArray(as(byte[].class, field, value)));
      default -> throw RowMaterializer.unsupported(field);
    }
  }

  private static <T> T as(Class<T> type, Type field, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "column %s must be a %s, got a %s"
              .formatted(field.getName(), type.getSimpleName(), value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }

  /** Of a writer that is given rows by it. */
  static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final RowWriteSupport support;

    Builder(OutputFile file, RowWriteSupport support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration conf) {
      return support;
    }
  }
}
