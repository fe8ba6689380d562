package io.goldennonce.sql;

import java.time.LocalDate;
import java.time.temporal.JulianFields;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Takes a value out of a row of Parquet's, in the form that Spark keeps it in its own. */
@FunctionalInterface
interface Cell {
  /** The Julian day of 1970-01-01. */
  long EPOCH = LocalDate.EPOCH.getLong(JulianFields.JULIAN_DAY);

  /**
   * The value.
   *
   * @param field which of the row's fields
   * @param index which of the field's values
   */
  Object value(Group row, int field, int index);

  /** For a type. */
  static Cell of(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return Group::getLong;
    } else if (type.equals(DataTypes.TimestampType)) {
      return Cell::micros;
    } else if (type.equals(DataTypes.IntegerType)) {
      return Group::getInteger;
    } else if (type.equals(DataTypes.DoubleType)) {
      return Group::getDouble;
    } else if (type.equals(DataTypes.BooleanType)) {
      return Group::getBoolean;
    } else if (type.equals(DataTypes.StringType)) {
      return (row, field, index) -> UTF8String.fromBytes(row.getBinary(field, index).getBytes());
    } else if (type.equals(DataTypes.BinaryType)) {
      return (row, field, index) -> row.getBinary(field, index).getBytes();
    } else if (type instanceof ArrayType array) {
      return arrayOf(of(array.elementType()));
    }
    throw new IllegalArgumentException("no table has columns of type " + type.sql());
  }

  /**
   * Microseconds since 1970, which we write; or a Julian day and its nanoseconds, Spark's default.
   */
  private static long micros(Group row, int field, int index) {
    PrimitiveTypeName kept = row.getType().getType(field).asPrimitiveType().getPrimitiveTypeName();
    if (kept != PrimitiveTypeName.INT96) {
      return row.getLong(field, index);
    }
    NanoTime time = NanoTime.fromBinary(row.getInt96(field, index));
    return TimeUnit.DAYS.toMicros((long) time.getJulianDay() - EPOCH)
        + TimeUnit.NANOSECONDS.toMicros(time.getTimeOfDayNanos());
  }

  /** Parquet's lists: a group of repeated groups of one element. */
  private static Cell arrayOf(Cell element) {
    return (row, field, index) -> {
      Group list = row.getGroup(field, index);
      @Nullable Object[] values = new @Nullable Object[list.getFieldRepetitionCount(0)];
      for (int i = 0; i < values.length; i++) {
        Group entry = list.getGroup(0, i);
        values[i] = entry.getFieldRepetitionCount(0) == 0 ? null : element.value(entry, 0, 0);
      }
      return new GenericArrayData(values);
    };
  }
}
