package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads the records of a Parquet file: a row each, its columns those of a record. */
final class ParquetRecords {
  private final Configuration hadoop;
  private final int maxBytes;

  /**
   * @param maxBytes the most that a payload has
   */
  ParquetRecords(Configuration hadoop, int maxBytes) {
    this.hadoop = hadoop;
    this.maxBytes = maxBytes;
  }

  /**
   * Gives all rows of a file.
   *
   * @throws IOException if it can't be read, or is not whole
   */
  void read(Path file, Consumer<RawRecord> consumer) throws IOException {
    long position = 0;
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(hadoop).build()) {
      for (Group row = rows.read(); row != null; row = rows.read()) {
        consumer.accept(record(position, row));
        position++;
      }
    } catch (RuntimeException e) {
      // Parquet's parser tells of damage in this way.
      throw new IOException(e.getMessage(), e);
    }
  }

  private RawRecord record(long position, Group row) {
    String text = row.toString();
    Hash256 hash = Hash256.sha256d(text.getBytes(StandardCharsets.UTF_8));
    String excerpt = PoolRecord.shortened(text.replace('\n', ' '));
    try {
      Transaction transaction = PoolRecord.transaction(fields(row));
      int length = transaction.payload().length;
      if (length > maxBytes) {
        throw new IllegalArgumentException(
            "a record must have at most " + maxBytes + " bytes, got " + length);
      }
      return new RawRecord(position, transaction, null, hash, excerpt);
    } catch (IllegalArgumentException e) {
      return new RawRecord(position, null, e.getMessage(), hash, excerpt);
    }
  }

  private static Map<String, @Nullable Object> fields(Group row) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (int i = 0; i < row.getType().getFieldCount(); i++) {
      Type type = row.getType().getType(i);
      fields.put(type.getName(), row.getFieldRepetitionCount(i) == 1 ? value(row, i, type) : null);
    }
    return fields;
  }

  private static @Nullable Object value(Group row, int i, Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return row.toString();
    }
    PrimitiveType primitive = type.asPrimitiveType();
    return switch (primitive.getPrimitiveTypeName()) {
      case INT32 -> (long) row.getInteger(i, 0);
      case INT64 -> millis(primitive, row.getLong(i, 0));
      case BINARY -> {
        byte[] bytes = row.getBinary(i, 0).getBytes();
        yield type.getName().equals(PoolRecord.PAYLOAD) ? bytes : text(bytes);
      }
      default -> row.getValueToString(i, 0);
    };
  }

  private static String text(byte[] bytes) {
    return new Line(0, bytes, bytes.length, Hash256.ZERO).text();
  }

  /** A date may be a timestamp. */
  private static long millis(PrimitiveType type, long value) {
    if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time) {
      return switch (time.getUnit()) {
        case MILLIS -> value;
        case MICROS -> Math.floorDiv(value, 1_000);
        case NANOS -> Math.floorDiv(value, 1_000_000);
      };
    }
    return value;
  }
}
