package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.WindowedFile;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/** Parquet files on a storage. Damaged ones are left out; errors of the storage are reported. */
public final class StoredParquet {
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
