package io.goldennonce.table;

import io.goldennonce.base.Failures;
import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.WindowedFile;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parquet files on a storage. Damaged ones are left out; errors of the storage are reported. */
public final class StoredParquet {
  private static final Logger LOG = LoggerFactory.getLogger(StoredParquet.class);

  /** A listed file is gone only after the grace period of a compaction: rarely twice in a row. */
  private static final int ATTEMPTS = 10;

  private StoredParquet() {}

  /** An error of the storage, as opposed to damage. */
  private static final class StorageException extends IOException {
    private static final long serialVersionUID = 1;

    StorageException(String path, IOException cause) {
      super("could not read " + path + ": " + cause.getMessage(), cause);
    }
  }

  /** What lists a table and reads what was listed. */
  interface Reading<T> {
    T run() throws IOException;
  }

  /** A file that was listed, for Parquet's readers. */
  public static InputFile input(Storage storage, StoredFile file) {
    return new WindowedFile(
        file.path(),
        file.length(),
        (from, length) -> {
          try {
            return storage.read(file.path(), from, length);
          } catch (FileNotFoundException e) {
            throw e;
          } catch (IOException e) {
            throw new StorageException(file.path(), e);
          }
        });
  }

  /** Opens a file that was listed; a null selection means all of it. */
  public static ParquetFile open(Storage storage, StoredFile file, @Nullable Selection selection)
      throws IOException {
    return ParquetFile.open(input(storage, file), selection);
  }

  /**
   * A row and where it is.
   *
   * @param file the part's file, or that of a fallback
   * @param position of the row in the file, from 0
   * @param values in the order of the columns selected
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier that nobody compares
  public record Row(StoredFile file, long position, @Nullable Object[] values) {}

  /**
   * Reads the rows that count of a part; the fallbacks stand in for a file that is damaged. One
   * without fallbacks gives no row but a warning.
   *
   * @throws FileNotFoundException if the file is gone: the table must be listed again
   * @throws IOException if the storage fails
   */
  public static List<Row> read(Storage storage, Part part, Selection selection) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ParquetFile file = open(storage, part.file(), selection)) {
      for (@Nullable Object[] row = file.read(); row != null; row = file.read()) {
        if (part.holds(file.position())) {
          rows.add(new Row(part.file(), file.position(), row));
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!isDamage(e)) {
        throw e;
      }
      LOG.warn(
          "{}/{} is no readable Parquet file and is left out: {}",
          storage.location(),
          part.file().path(),
          Failures.line(e));
      rows.clear();
      for (Part fallback : part.fallbacks()) {
        rows.addAll(read(storage, fallback, selection));
      }
    }
    return rows;
  }

  /** How many rows a file has, of which all are read; negative if it is damaged or gone. */
  public static long rows(Storage storage, String path) throws IOException {
    byte[] content;
    try {
      content = storage.read(path);
    } catch (FileNotFoundException e) {
      return -1;
    }
    try (ParquetFile file = ParquetFile.open(content)) {
      return file.readAll().size();
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  /** Whether what was thrown while such a file was read shows that it is damaged. */
  public static boolean isDamage(Throwable thrown) {
    return !(thrown instanceof Error)
        && !isGone(thrown)
        && !isCausedBy(StorageException.class, thrown);
  }

  /** Whether a file is gone, so that the table must be listed again. */
  public static boolean isGone(Throwable thrown) {
    return isCausedBy(FileNotFoundException.class, thrown);
  }

  /** Reads again where a file has gone since it was listed. */
  static <T> T retryIfGone(Reading<T> reading) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.run();
      } catch (IOException | RuntimeException e) {
        if (!isGone(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static boolean isCausedBy(Class<? extends Throwable> type, Throwable thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
