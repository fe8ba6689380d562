package io.goldennonce.table;

import io.goldennonce.table.Footers.Content;
import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Safeguard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Files of the same columns that become one. */
final class MergedFile {
  /** Large enough for the full rate of a disk or S3, small enough to be built in memory. */
  private static final long LARGE_BYTES = 32L << 20;

  /** Their list takes 1.6 MB of a file's footer. */
  private static final int MANY_ORIGINS = 50_000;

  private final MessageType schema;
  private final List<Origin> origins = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private String last = "";
  private int files;
  private long bytes;

  MergedFile(MessageType schema) {
    this.schema = schema;
  }

  /** Whether a file is merged with others. */
  static boolean isSmall(Container container) {
    return container.file.length() < LARGE_BYTES / 2 && container.origins.size() < MANY_ORIGINS / 2;
  }

  /** Whether there is room for one more. */
  boolean fits(Container container) {
    return bytes + container.file.length() <= LARGE_BYTES
        && origins.size() + container.origins.size() <= MANY_ORIGINS;
  }

  /**
   * Adds the rows of a file, whose name comes after those before.
   *
   * @param counting the origins that count; null for all
   */
  void add(Container container, Content content, @Nullable BitSet counting) {
    int position = 0;
    for (int i = 0; i < content.origins().size(); i++) {
      Origin origin = content.origins().get(i);
      if (counting == null || counting.get(i)) {
        origins.add(origin);
        rows.addAll(content.rows().subList(position, position + origin.rows()));
      }
      position += origin.rows();
    }
    last = container.file.name();
    files++;
    bytes += container.file.length();
  }

  /** How many files it is made of. */
  int files() {
    return files;
  }

  int rows() {
    return rows.size();
  }

  /**
   * Publishes it, and reads it back.
   *
   * @return its name
   * @throws IOException if the storage fails, or holds something else than was written
   */
  String publish(Table table) throws IOException {
    byte[] content =
        ParquetFile.write(schema, Map.of(Origin.FOOTER_KEY, Origin.encode(origins)), rows);
    requireRows(content);
    String name = FileName.merged(last, table.hooks.ids().get());
    table.storage.publish(table.path(name), content);
    if (table.hooks.has(Safeguard.READ_BACK)) {
      byte[] stored = table.storage.read(table.path(name), 0, content.length);
      if (!Arrays.equals(stored, content)) {
        throw new IOException(table.path(name) + " reads otherwise than it was written");
      }
    }
    table.footers.setSound(name);
    return name;
  }

  private void requireRows(byte[] content) throws IOException {
    try (ParquetFile file = ParquetFile.open(content)) {
      Footers.origins(file);
      for (@Nullable Object[] row : rows) {
        if (!Arrays.deepEquals(row, file.read())) {
          throw new IllegalStateException("a merged file must have the rows of its parts");
        }
      }
    }
  }
}
