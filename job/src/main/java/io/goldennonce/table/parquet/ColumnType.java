package io.goldennonce.table.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The types of columns, stored as Spark stores them. */
public enum ColumnType {
  /** {@code Long}. */
  LONG(PrimitiveTypeName.INT64, null),
  /** {@code Integer}. */
  INT(PrimitiveTypeName.INT32, null),
  /** {@code Double}. */
  DOUBLE(PrimitiveTypeName.DOUBLE, null),
  /** {@code Boolean}. */
  BOOLEAN(PrimitiveTypeName.BOOLEAN, null),
  /** {@code String}. */
  STRING(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()),
  /** {@code byte[]}. */
  BINARY(PrimitiveTypeName.BINARY, null),
  /** {@code Instant}, to the microsecond. */
  TIMESTAMP(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS)),
  /** {@code List<byte[]>}. */
  BINARIES(PrimitiveTypeName.BINARY, null),
  /** {@code List<Long>}. */
  LONGS(PrimitiveTypeName.INT64, null);

  /** The length of a timestamp in Spark's default form. */
  public static final int INT96_BYTES = 12;

  private static final long EPOCH_DAY = LocalDate.EPOCH.getLong(JulianFields.JULIAN_DAY);
  private static final long DAY_MICROS = ChronoUnit.DAYS.getDuration().toNanos() / 1000;

  private final PrimitiveTypeName stored;
  private final @Nullable LogicalTypeAnnotation meaning;

  ColumnType(PrimitiveTypeName stored, @Nullable LogicalTypeAnnotation meaning) {
    this.stored = stored;
    this.meaning = meaning;
  }

  /** The column in Parquet's schema. */
  Type parquet(String name, boolean required) {
    Type.Repetition repetition = required ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
    if (this != BINARIES && this != LONGS) {
      return Types.primitive(stored, repetition).as(meaning).named(name);
    }
    return Types.buildGroup(repetition)
        .as(LogicalTypeAnnotation.listType())
        .addField(
            Types.repeatedGroup().addField(Types.optional(stored).named("element")).named("list"))
        .named(name);
  }

  /** The value as {@link ParquetFile} takes it. */
  Object encode(Object value) {
    return switch (this) {
      case STRING -> ((String) value).getBytes(StandardCharsets.UTF_8);
      case TIMESTAMP -> ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
      case BINARIES, LONGS -> ((List<?>) value).toArray();
      default -> value;
    };
  }

  /**
   * Microseconds since 1970 of a timestamp as {@link ParquetFile} reads it: these, or Spark's
   * default, a Julian day and the nanoseconds within it.
   */
  public static long micros(Object stored) {
    if (stored instanceof Long micros) {
      return micros;
    }
    ByteBuffer int96 = ByteBuffer.wrap((byte[]) stored).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = int96.getLong();
    return (int96.getInt() - EPOCH_DAY) * DAY_MICROS + Math.floorDiv(nanos, 1000L);
  }
}
