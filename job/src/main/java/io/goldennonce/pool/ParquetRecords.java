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
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/** Reads the records of a Parquet file: a row each, its columns those of a record. */
final class ParquetRecords {
  /** Of a file; more transactions are in several files. */
  static final long MAX_ROWS = 1_000_000;

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
    requireFewRows(file);
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

  /** A dictionary makes a small file of any number of equal rows, and all are held in memory. */
  private void requireFewRows(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      if (reader.getRecordCount() > MAX_ROWS) {
        throw new TooManyRowsException(
            "a Parquet file must have at most "
                + MAX_ROWS
                + " rows, got "
                + reader.getRecordCount());
      }
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A file that no wait makes smaller. */
  static final class TooManyRowsException extends IOException {
    private static final long serialVersionUID = 1;

    TooManyRowsException(String message) {
      super(message);
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
      fields.put(row.getType().getFieldName(i), ParquetValue.of(row, i));
    }
    return fields;
  }
}
