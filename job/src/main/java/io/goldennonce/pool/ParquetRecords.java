package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.TooLargeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads the records of a Parquet file: a row each, its columns those of a record. */
final class ParquetRecords {
  /** Of a file; more transactions are in several files. */
  static final long MAX_ROWS = 1_000_000;

  /** Of a file's columns without compression, and of the values in its rows: 128 MiB. */
  static final long MAX_BYTES = 128L << 20;

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
    try {
      InputFile input = HadoopInputFile.fromPath(file, hadoop);
      MessageType type;
      try (ParquetFile footer =
          ParquetFile.openUntrusted(input, Selection.of(List.of()), MAX_BYTES)) {
        type = footer.schema();
        requireFewRows(footer.rowCount());
      }
      List<String> readable =
          type.getFields().stream().filter(ParquetValue::isReadable).map(Type::getName).toList();
      try (ParquetFile rows = ParquetFile.openUntrusted(input, Selection.of(readable), MAX_BYTES)) {
        long bytes = 0;
        for (@Nullable Object[] row = rows.read(); row != null; row = rows.read()) {
          bytes += bytesOf(row);
          if (bytes > MAX_BYTES) {
            throw new TooLargeException("the rows", MAX_BYTES, bytes);
          }
          consumer.accept(record(rows.position(), fields(type, readable, row)));
        }
      }
    } catch (RuntimeException e) {
      // Parquet's parser reports damage in this way.
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A dictionary makes a small file of any number of equal rows, and all are held in memory. */
  private static void requireFewRows(long rows) throws TooLargeException {
    if (rows > MAX_ROWS) {
      throw new TooLargeException(
          "a Parquet file must have at most " + MAX_ROWS + " rows, got " + rows);
    }
  }

  private static long bytesOf(@Nullable Object[] row) {
    long bytes = 0;
    for (Object value : row) {
      bytes += value instanceof byte[] array ? array.length : Long.BYTES;
    }
    return bytes;
  }

  private RawRecord record(long position, Map<String, @Nullable Object> fields) {
    String text =
        fields.entrySet().stream()
            .filter(field -> field.getValue() != null)
            .map(field -> field.getKey() + ": " + shown(field.getValue()) + "\n")
            .collect(Collectors.joining());
    Hash256 hash = Hash256.sha256d(text.getBytes(StandardCharsets.UTF_8));
    String excerpt = PoolRecord.shortened(text.replace('\n', ' '));
    try {
      Transaction transaction = PoolRecord.transaction(fields);
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

  private static Map<String, @Nullable Object> fields(
      MessageType type, List<String> readable, @Nullable Object[] row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Type field : type.getFields()) {
      int place = readable.indexOf(field.getName());
      fields.put(field.getName(), ParquetValue.of(field, place < 0 ? null : row[place]));
    }
    return fields;
  }

  private static String shown(@Nullable Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }
}
