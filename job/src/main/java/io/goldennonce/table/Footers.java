package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the files of a table say about themselves, read once, as they never change. */
final class Footers {
  private static final Logger LOG = LoggerFactory.getLogger(Footers.class);

  private final Storage storage;
  private final Map<String, List<Origin>> footers = new ConcurrentHashMap<>();
  private final Set<String> readable = ConcurrentHashMap.newKeySet();

  /** Names of files of which every row has been read. */
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  /** Names of damaged files that a warning was given about. */
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Footers(Storage storage) {
    this.storage = storage;
  }

  /**
   * What a merged file says that it holds; null if it is damaged: then it holds nothing, and what
   * it would replace counts.
   */
  @Nullable List<Origin> origins(StoredFile file) throws IOException {
    List<Origin> known = footers.get(file.name());
    if (known != null) {
      return known;
    }
    try (ParquetFile parquet = ParquetFile.open(new StoredInput(storage, file))) {
      List<Origin> origins = origins(parquet);
      footers.put(file.name(), origins);
      return origins;
    } catch (IOException | RuntimeException e) {
      if (!Damage.isShownBy(e)) {
        throw e;
      }
      if (reported.add(file.name())) {
        LOG.warn("{} is damaged and left out: {}", file.path(), e.getMessage());
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

  /** Whether all rows that a file should have can be read; read once. */
  boolean isSound(StoredFile file) throws IOException {
    if (verified.contains(file.name())) {
      return true;
    }
    byte[] content;
    try {
      content = storage.read(file.path(), 0, Math.toIntExact(file.length()));
    } catch (FileNotFoundException e) {
      return false;
    }
    try (ParquetFile parquet = ParquetFile.open(content)) {
      if (FileName.isMerged(file.name())) {
        origins(parquet);
      }
      if (parquet.readAll().size() == parquet.rowCount()) {
        verified.add(file.name());
        return true;
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is damaged: {}", file.path(), e.getMessage());
    }
    return false;
  }

  /** To be called when a file was written and read back. */
  void setSound(String name) {
    verified.add(name);
  }

  /** Whether a file has a sound footer. */
  boolean isReadable(StoredFile file) throws IOException {
    if (readable.contains(file.name())) {
      return true;
    }
    try (ParquetFile parquet = ParquetFile.open(new StoredInput(storage, file))) {
      readable.add(file.name());
      return parquet.rowCount() >= 0;
    } catch (IOException | RuntimeException e) {
      if (!Damage.isShownBy(e)) {
        throw e;
      }
      if (reported.add(file.name())) {
        LOG.warn("{} is damaged and replaces nothing: {}", file.path(), e.getMessage());
      }
      return false;
    }
  }

  /** Forgets files that are gone. */
  void forgetAllBut(Set<String> names) {
    footers.keySet().retainAll(names);
    verified.retainAll(names);
  }
}
