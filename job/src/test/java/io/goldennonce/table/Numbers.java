package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** Files and tables of one number per row. */
final class Numbers {
  static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message spark_schema { required int64 n; }");

  private Numbers() {}

  static byte[] file(long... numbers) {
    return ParquetFile.write(
        SCHEMA, Map.of(), Arrays.stream(numbers).mapToObj(n -> new Object[] {n}).toList());
  }

  /** All rows of a table that count, sorted, as every reader must read them. */
  static List<Long> read(Storage storage, Table table) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Part part : table.snapshot().parts()) {
      numbers.addAll(read(storage, part));
    }
    numbers.sort(null);
    return numbers;
  }

  private static List<Long> read(Storage storage, Part part) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (ParquetFile file = StoredParquet.open(storage, part.file(), null)) {
      for (@Nullable Object[] row = file.read(); row != null; row = file.read()) {
        if (part.holds(file.position())) {
          numbers.add((Long) row[0]);
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!StoredParquet.isDamage(e)) {
        throw e;
      }
      numbers.clear();
      for (Part fallback : part.fallbacks()) {
        numbers.addAll(read(storage, fallback));
      }
    }
    return numbers;
  }
}
