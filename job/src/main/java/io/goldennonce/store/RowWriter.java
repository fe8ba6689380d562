package io.goldennonce.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into a Parquet file as Spark would, but without Spark, whose first write of a JVM
 * takes seconds and whose others take a job each: a miner has the next block to begin.
 */
final class RowWriter {
  private final StructType schema;
  private final MessageType type;

  /**
   * @param schema of the types that our tables have: no others are known
   */
  RowWriter(StructType schema) {
    this.schema = schema;
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (StructField field : schema.fields()) {
      builder.addField(parquet(field.name(), field.dataType(), field.nullable()));
    }
    // The name that Spark gives.
    this.type = builder.named("spark_schema");
  }

  /** Writes all rows. */
  void write(HadoopOutputFile file, List<Row> rows) {
    SimpleGroupFactory groups = new SimpleGroupFactory(type);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            // Else all of Hadoop's files of settings are read again.
            .withConf(file.getConfiguration())
            .withType(type)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (Row row : rows) {
        Group group = groups.newGroup();
        for (int i = 0; i < row.length(); i++) {
          if (!row.isNullAt(i)) {
            add(group, i, schema.fields()[i].dataType(), row.get(i));
          }
        }
        writer.write(group);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Type parquet(String name, DataType type, boolean nullable) {
    Type.Repetition repetition = nullable ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    if (type instanceof ArrayType array) {
      return Types.buildGroup(repetition)
          .as(LogicalTypeAnnotation.listType())
          .addField(
              Types.repeatedGroup()
                  .addField(parquet("element", array.elementType(), array.containsNull()))
                  .named("list"))
          .named(name);
    }
    return Types.primitive(primitive(type), repetition).as(meaning(type)).named(name);
  }

  private static PrimitiveTypeName primitive(DataType type) {
    if (type instanceof LongType || type instanceof TimestampType) {
      return PrimitiveTypeName.INT64;
    } else if (type instanceof IntegerType) {
      return PrimitiveTypeName.INT32;
    } else if (type instanceof DoubleType) {
      return PrimitiveTypeName.DOUBLE;
    } else if (type instanceof BooleanType) {
      return PrimitiveTypeName.BOOLEAN;
    } else if (type instanceof StringType || type instanceof BinaryType) {
      return PrimitiveTypeName.BINARY;
    }
    throw new IllegalArgumentException("no table of ours has the type " + type.simpleString());
  }

  private static @Nullable LogicalTypeAnnotation meaning(DataType type) {
    if (type instanceof StringType) {
      return LogicalTypeAnnotation.stringType();
    }
    return type instanceof TimestampType
        ? LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS)
        : null;
  }

  private static void add(Group group, int field, DataType type, Object value) {
    if (value instanceof Long number) {
      group.add(field, number);
    } else if (value instanceof Integer number) {
      group.add(field, number);
    } else if (value instanceof Double number) {
      group.add(field, number);
    } else if (value instanceof Boolean flag) {
      group.add(field, flag);
    } else if (value instanceof String text) {
      group.add(field, text);
    } else if (value instanceof byte[] bytes) {
      group.add(field, Binary.fromConstantByteArray(bytes));
    } else if (value instanceof Timestamp time) {
      group.add(field, ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()));
    } else if (value instanceof Object[] elements && type instanceof ArrayType array) {
      Group list = group.addGroup(field);
      for (Object element : elements) {
        add(list.addGroup(0), 0, array.elementType(), element);
      }
    } else {
      throw new IllegalArgumentException("no table of ours holds a " + value.getClass().getName());
    }
  }
}
