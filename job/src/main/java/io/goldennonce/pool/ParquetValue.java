package io.goldennonce.pool;

import io.goldennonce.pow.Hash256;
import io.goldennonce.table.parquet.ColumnType;
import io.goldennonce.table.parquet.ParquetFile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
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
 * Converts a value of a Parquet row by its logical type: decimals with their scale, unsigned
 * numbers, times with their unit.
 */
final class ParquetValue {
  private static final long MILLIS_OF_DAY = 86_400_000;

  private ParquetValue() {}

  /** Whether {@link ParquetFile} can read the column. */
  static boolean isReadable(Type type) {
    return type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED) && !isFloat(type);
  }

  private static boolean isFloat(Type type) {
    return type.isPrimitive()
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
  }

  /**
   * Converts a value for {@link PoolRecord#transaction}: to a text, a long or bytes. In the field
   * {@code date}, timestamps and days become ms since 1970. Other values become their description,
   * which is refused.
   *
   * @param value as read by {@link ParquetFile}
   */
  static @Nullable Object of(Type type, @Nullable Object value) {
    if (!isReadable(type)) {
      return new Words(isFloat(type) ? "a floating-point number" : "a nested value");
    }
    if (value == null) {
      return null;
    }
    PrimitiveType primitive = type.asPrimitiveType();
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    if (primitive.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return instant(type, Math.floorDiv(ColumnType.micros(value), 1_000));
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return whole(new BigDecimal(unscaled(value), decimal.getScale()));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return time.isAdjustedToUTC()
          ? instant(type, millis(time, (Long) value))
          : new Words("a timestamp without a time zone");
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return instant(type, (Integer) value * MILLIS_OF_DAY);
    }
    if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return unsigned(value);
    }
    if (value instanceof byte[] bytes) {
      return bytes(bytes, primitive);
    }
    if (value instanceof Double) {
      return new Words("the floating-point number " + value);
    }
    if (value instanceof Boolean) {
      return new Words("the boolean " + value);
    }
    boolean isPlain = logical == null || logical instanceof IntLogicalTypeAnnotation;
    return isPlain ? (Object) ((Number) value).longValue() : words(primitive);
  }

  /** Bytes in the field for bytes; text if the type says so or, as in old files, says nothing. */
  private static Object bytes(byte[] bytes, PrimitiveType type) {
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

  /** Accepts an instant in the field {@code date} only. */
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

  private static Object unsigned(Object value) {
    return value instanceof Integer number
        ? (Object) Integer.toUnsignedLong(number)
        : whole(new BigDecimal(Long.toUnsignedString((Long) value)));
  }

  private static BigInteger unscaled(Object value) {
    return value instanceof byte[] bytes
        ? new BigInteger(bytes)
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static long millis(TimestampLogicalTypeAnnotation time, long value) {
    return switch (time.getUnit()) {
      case MILLIS -> value;
      case MICROS -> Math.floorDiv(value, 1_000);
      case NANOS -> Math.floorDiv(value, 1_000_000);
    };
  }

  private static Words words(PrimitiveType type) {
    return new Words(
        "a value of type "
            + String.valueOf(type.getLogicalTypeAnnotation()).toLowerCase(Locale.ROOT));
  }

  /** Description of a value that no field accepts. */
  private record Words(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
