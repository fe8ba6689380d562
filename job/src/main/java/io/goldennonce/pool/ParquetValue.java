package io.goldennonce.pool;

import io.goldennonce.pow.Hash256;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value of a Parquet row by its logical type, never by the bytes that it is stored as: a
 * decimal has its scale, an unsigned number its sign, a time its unit.
 */
final class ParquetValue {
  private static final long MILLIS_OF_DAY = 86_400_000;

  /** The Julian day of 1970-01-01, from which INT96 counts. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private ParquetValue() {}

  /**
   * A value as {@link PoolRecord#transaction} takes one: a text, a long, bytes; an instant and a
   * day are ms since 1970 in the field {@code date} only. Else what it is, in words, which is
   * refused with them.
   */
  static @Nullable Object of(Group row, int i) {
    Type type = row.getType().getType(i);
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return new Words("a nested value");
    }
    if (row.getFieldRepetitionCount(i) == 0) {
      return null;
    }
    PrimitiveType primitive = type.asPrimitiveType();
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    if (primitive.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return instant(type, int96(row.getInt96(i, 0).toByteBuffer()));
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return whole(new BigDecimal(unscaled(row, i, primitive), decimal.getScale()));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return time.isAdjustedToUTC()
          ? instant(type, millis(time, row.getLong(i, 0)))
          : new Words("a timestamp without a time zone");
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return instant(type, row.getInteger(i, 0) * MILLIS_OF_DAY);
    }
    if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return unsigned(row, i, primitive);
    }
    boolean isPlain = logical == null || logical instanceof IntLogicalTypeAnnotation;
    return switch (primitive.getPrimitiveTypeName()) {
      case INT32 -> isPlain ? (Object) (long) row.getInteger(i, 0) : words(primitive);
      case INT64 -> isPlain ? (Object) row.getLong(i, 0) : words(primitive);
      case FLOAT -> new Words("the floating-point number " + row.getFloat(i, 0));
      case DOUBLE -> new Words("the floating-point number " + row.getDouble(i, 0));
      case BOOLEAN -> new Words("the boolean " + row.getBoolean(i, 0));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(row, i, primitive);
      case INT96 -> throw new IllegalStateException("read above");
    };
  }

  /** Bytes for the field that holds bytes; text where the type says so or, as of old, nothing. */
  private static Object bytes(Group row, int i, PrimitiveType type) {
    byte[] bytes = row.getBinary(i, 0).getBytes();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical == null) {
      return type.getName().equals(PoolRecord.PAYLOAD) ? bytes : text(bytes);
    }
    boolean isText =
        logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            || logical instanceof JsonLogicalTypeAnnotation;
    return isText ? text(bytes) : words(type);
  }

  private static Object text(byte[] bytes) {
    return new Line(0, bytes, bytes.length, Hash256.ZERO).text();
  }

  /** An amount is no instant. */
  private static Object instant(Type type, long millis) {
    return type.getName().equals("date") ? (Object) millis : new Words("a time");
  }

  private static Object whole(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      return new Words(number.toPlainString());
    }
  }

  private static Object unsigned(Group row, int i, PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
        ? (Object) Integer.toUnsignedLong(row.getInteger(i, 0))
        : whole(new BigDecimal(Long.toUnsignedString(row.getLong(i, 0))));
  }

  private static BigInteger unscaled(Group row, int i, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> BigInteger.valueOf(row.getInteger(i, 0));
      case INT64 -> BigInteger.valueOf(row.getLong(i, 0));
      default -> new BigInteger(row.getBinary(i, 0).getBytes());
    };
  }

  private static long millis(TimestampLogicalTypeAnnotation time, long value) {
    return switch (time.getUnit()) {
      case MILLIS -> value;
      case MICROS -> Math.floorDiv(value, 1_000);
      case NANOS -> Math.floorDiv(value, 1_000_000);
    };
  }

  /** Nanoseconds of a day, then the Julian day, least significant byte first. */
  private static long int96(ByteBuffer bytes) {
    ByteBuffer buffer = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = buffer.getLong();
    long day = buffer.getInt() - JULIAN_EPOCH;
    return day * MILLIS_OF_DAY + Math.floorDiv(nanos, 1_000_000);
  }

  private static Words words(PrimitiveType type) {
    return new Words(
        "a value of type "
            + String.valueOf(type.getLogicalTypeAnnotation()).toLowerCase(Locale.ROOT));
  }

  /** What a value is that no field takes. */
  private record Words(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
