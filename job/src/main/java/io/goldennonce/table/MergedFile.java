package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Safeguard;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of the same columns that become one. */
final class MergedFile {
  private static final Logger LOG = LoggerFactory.getLogger(MergedFile.class);

  /** Large enough for the full rate of a disk or S3, small enough to be built in memory. */
  private static final long LARGE_BYTES = 32L << 20;

  /** Their list takes 1.6 MB of a file's footer. */
  private static final int MANY_ORIGINS = 50_000;

  private final List<Input> inputs = new ArrayList<>();
  private long bytes;
  private int origins;
  private int rows;

  /** A file that was read to be merged, as far as it counts. */
  record Input(
      Container container,
      MessageType schema,
      Map<String, String> metadata,
      List<Origin> origins,
      List<@Nullable Object[]> rows) {}

  /** Whether a file is merged with others. */
  static boolean isSmall(Container container) {
    return container.file.length() < LARGE_BYTES / 2 && container.origins.size() < MANY_ORIGINS / 2;
  }

  /**
   * Reads what counts of a file.
   *
   * @param counting the origins that count; null for all
   * @return null if it is damaged, then it stays as it is, or gone, as another has merged it
   */
  static @Nullable Input read(Storage storage, Container container, @Nullable BitSet counting)
      throws IOException {
    StoredFile file = container.file;
    byte[] content;
    try {
      content = storage.read(file.path(), 0, Math.toIntExact(file.length()));
    } catch (FileNotFoundException e) {
      return null;
    }
    try (ParquetFile parquet = ParquetFile.open(content)) {
      List<@Nullable Object[]> all = parquet.readAll();
      if (all.size() != parquet.rowCount()) {
        throw new IOException("it has " + all.size() + " rows of " + parquet.rowCount());
      }
      List<Origin> origins =
          FileName.isMerged(file.name())
              ? Footers.origins(parquet)
              : List.of(container.origins.get(0).withRows(all.size()));
      List<Origin> kept = new ArrayList<>();
      List<@Nullable Object[]> keptRows = new ArrayList<>();
      int position = 0;
      for (int i = 0; i < origins.size(); i++) {
        Origin origin = origins.get(i);
        if (counting == null || counting.get(i)) {
          kept.add(origin);
          keptRows.addAll(all.subList(position, position + origin.rows()));
        }
        position += origin.rows();
      }
      return new Input(container, parquet.schema(), parquet.metadata(), kept, keptRows);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is damaged and not merged: {}", file.path(), e.getMessage());
      return null;
    }
  }

  /** Whether there is room for one more. */
  boolean fits(Input input) {
    return bytes + input.container().file.length() <= LARGE_BYTES
        && origins + input.origins().size() <= MANY_ORIGINS;
  }

  void add(Input input) {
    inputs.add(input);
    bytes += input.container().file.length();
    origins += input.origins().size();
    rows += input.rows().size();
  }

  /** How many files it is made of. */
  int files() {
    return inputs.size();
  }

  int rows() {
    return rows;
  }

  /**
   * Publishes it, and reads it back.
   *
   * @return its name
   * @throws IOException if the storage fails, or holds something else than was written
   */
  String publish(Table table) throws IOException {
    Input first = inputs.get(0);
    List<Origin> all = new ArrayList<>();
    List<@Nullable Object[]> allRows = new ArrayList<>();
    for (Input input : inputs) {
      all.addAll(input.origins());
      allRows.addAll(input.rows());
    }
    Map<String, String> metadata = new HashMap<>(first.metadata());
    metadata.put(Origin.FOOTER_KEY, Origin.encode(all));
    byte[] content = ParquetFile.write(first.schema(), metadata, allRows);
    requireRows(content, allRows);
    String last = inputs.get(inputs.size() - 1).container().file.name();
    String name = FileName.merged(last, table.hooks().ids().get());
    table.storage().publish(table.path(name), content);
    if (table.hooks().has(Safeguard.READ_BACK)) {
      byte[] stored = table.storage().read(table.path(name), 0, content.length);
      if (!Arrays.equals(stored, content)) {
        throw new IOException(table.path(name) + " reads otherwise than it was written");
      }
    }
    table.footers().setSound(name);
    return name;
  }

  private static void requireRows(byte[] content, List<@Nullable Object[]> rows)
      throws IOException {
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
