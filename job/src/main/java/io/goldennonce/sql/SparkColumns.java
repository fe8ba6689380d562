package io.goldennonce.sql;

import io.goldennonce.table.parquet.ColumnType;
import io.goldennonce.table.parquet.TableSchema;
import java.util.Arrays;
import org.apache.parquet.io.InvalidRecordException;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Maps the columns of tables, and the values that Parquet's reader returns, to Spark's types. */
final class SparkColumns {
  private SparkColumns() {}

  static StructType of(TableSchema<?> table) {
    StructType schema = new StructType();
    for (TableSchema.Column<?> column : table.columns()) {
      schema = schema.add(column.name(), type(column.type()), !column.required());
    }
    return schema;
  }

  /** A schema as Spark's connectors state it. */
  static Column[] columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  private static DataType type(ColumnType type) {
    return switch (type) {
      case LONG -> DataTypes.LongType;
      case INT -> DataTypes.IntegerType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case STRING -> DataTypes.StringType;
      case BINARY -> DataTypes.BinaryType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case BINARIES -> DataTypes.createArrayType(DataTypes.BinaryType);
      case LONGS -> DataTypes.createArrayType(DataTypes.LongType);
    };
  }

  /**
   * A value in the form of Spark's internal rows.
   *
   * @throws InvalidRecordException if the column can't hold it: the file is not one of the table
   */
  static @Nullable Object value(StructField column, @Nullable Object stored) {
    if (stored == null ? !column.nullable() : !fits(column.dataType(), stored)) {
      throw new InvalidRecordException(
          "column %s must be a %s, got %s"
              .formatted(
                  column.name(),
                  column.dataType().simpleString(),
                  stored == null ? "none" : "a " + stored.getClass().getSimpleName()));
    }
    DataType type = column.dataType();
    if (stored instanceof byte[] bytes && !(type instanceof BinaryType)) {
      return type instanceof StringType ? UTF8String.fromBytes(bytes) : ColumnType.micros(bytes);
    }
    return stored instanceof Object[] elements ? new GenericArrayData(elements) : stored;
  }

  private static boolean fits(DataType type, Object stored) {
    if (stored instanceof Long) {
      return type instanceof LongType || type instanceof TimestampType;
    } else if (stored instanceof byte[] bytes) {
      return type instanceof StringType
          || type instanceof BinaryType
          || (type instanceof TimestampType && bytes.length == ColumnType.INT96_BYTES);
    }
    return (stored instanceof Integer && type instanceof IntegerType)
        || (stored instanceof Double && type instanceof DoubleType)
        || (stored instanceof Boolean && type instanceof BooleanType)
        || (stored instanceof Object[] && type instanceof ArrayType);
  }
}
