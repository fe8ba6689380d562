package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the files of a table say about themselves, read once, as they never change. */
final class Footers {
  private static final Logger LOG = LoggerFactory.getLogger(Footers.class);

  private final Storage storage;
  private final Map<String, List<Origin>> footers = new ConcurrentHashMap<>();

  /** Names of files of which every row has been read. */
  private final Set<String> sound = ConcurrentHashMap.newKeySet();

  /** Names of damaged files that a warning was given about. */
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Footers(Storage storage) {
    this.storage = storage;
  }

  /** All that is in a file. The origins are in the order of the rows. */
  record Content(MessageType schema, List<Origin> origins, List<@Nullable Object[]> rows) {}

  /**
   * What a merged file says that it holds; null if it is damaged: then it holds nothing, and what
   * it would replace counts.
   */
  @Nullable List<Origin> origins(StoredFile file) throws IOException {
    List<Origin> known = footers.get(file.name());
    if (known != null) {
      return known;
    }
    try (ParquetFile parquet = StoredParquet.open(storage, file, null)) {
      List<Origin> read = origins(parquet);
      footers.put(file.name(), read);
      return read;
    } catch (IOException | RuntimeException e) {
      if (!StoredParquet.isDamage(e)) {
        throw e;
      }
      if (reported.add(file.name())) {
        LOG.warn("{} is damaged and replaces nothing: {}", file.path(), e.getMessage());
      }
      return null;
    }
  }

  /**
   * The origins in a file's footer.
   *
   * @throws IllegalArgumentException if they are missing, or do not add up to the file's rows
   */
  static List<Origin> origins(ParquetFile file) {
    String footer = file.metadata().get(Origin.FOOTER_KEY);
    if (footer == null) {
      throw new IllegalArgumentException("a merged file must list its origins");
    }
    List<Origin> origins = Origin.decode(footer);
    long rows = origins.stream().mapToLong(Origin::rows).sum();
    if (rows != file.rowCount()) {
      throw new IllegalArgumentException(
          "a merged file must have the rows of its origins, " + rows + ", got " + file.rowCount());
    }
    return origins;
  }

  /** Reads all of a file; null if it is damaged, or gone as another process has merged it. */
  @Nullable Content content(Container container) throws IOException {
    StoredFile file = container.file;
    byte[] bytes;
    try {
      bytes = storage.read(file.path(), 0, Math.toIntExact(file.length()));
    } catch (FileNotFoundException e) {
      return null;
    }
    try (ParquetFile parquet = ParquetFile.open(bytes)) {
      List<@Nullable Object[]> rows = parquet.readAll();
      List<Origin> origins = new ArrayList<>(container.origins);
      if (FileName.isMerged(file.name())) {
        origins = origins(parquet);
      } else {
        origins.set(0, origins.get(0).withRows(rows.size()));
      }
      sound.add(file.name());
      return new Content(parquet.schema(), origins, rows);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is damaged and stays as it is: {}", file.path(), e.getMessage());
      return null;
    }
  }

  /** Whether all rows that a file should have can be read; read once. */
  boolean isSound(Container container) throws IOException {
    return sound.contains(container.file.name()) || content(container) != null;
  }

  /** Takes a file that was written and read back. */
  void setSound(String name) {
    sound.add(name);
  }

  /** Forgets files that are gone. */
  void forgetAllBut(Set<String> names) {
    footers.keySet().retainAll(names);
    sound.retainAll(names);
  }
}
