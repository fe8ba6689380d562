package io.goldennonce.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** Tables of one text per row, for tests. */
final class TextRows {
  static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message spark_schema { required binary row (STRING); }");

  private static final Selection ALL = Selection.of(List.of("row"));
  private static final int ATTEMPTS = 20;
  private static final Map<List<String>, byte[]> FILES = new ConcurrentHashMap<>();

  private TextRows() {}

  /** A file of rows, made once: a simulation writes the same rows in thousands of schedules. */
  static byte[] file(List<String> rows) {
    return FILES.computeIfAbsent(rows, TextRows::write).clone();
  }

  private static byte[] write(List<String> rows) {
    List<@Nullable Object[]> values = new ArrayList<>();
    for (String row : rows) {
      values.add(new Object[] {row.getBytes(UTF_8)});
    }
    return ParquetFile.write(SCHEMA, Map.of(), values);
  }

  /** All rows that count. Takes a new snapshot where a file is gone, as every reader must. */
  static List<String> read(Storage storage, Table table) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        List<String> rows = new ArrayList<>();
        for (Part part : table.snapshot().parts()) {
          for (StoredParquet.Row row : StoredParquet.read(storage, part, ALL)) {
            rows.add(text(row.values()));
          }
        }
        return rows;
      } catch (IOException | RuntimeException e) {
        if (!StoredParquet.isGone(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** All rows of all files, as a reader sees them that knows nothing of tables. */
  static List<String> readForeign(Storage storage, String directory) throws IOException {
    List<String> rows = new ArrayList<>();
    for (StoredFile stored : storage.list(directory)) {
      if (stored.name().endsWith(".parquet") && !stored.name().startsWith("_")) {
        try (ParquetFile file = ParquetFile.open(storage.read(stored.path()))) {
          file.readAll().forEach(row -> rows.add(text(row)));
        }
      }
    }
    return rows;
  }

  private static String text(@Nullable Object[] row) {
    if (row[0] instanceof byte[] text) {
      return new String(text, UTF_8);
    }
    throw new IllegalStateException("not a text");
  }
}
