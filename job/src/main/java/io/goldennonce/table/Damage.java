package io.goldennonce.table;

import io.goldennonce.table.storage.Storage;
import java.io.FileNotFoundException;
import org.jspecify.annotations.Nullable;

/** Tells damaged files from storage errors: the first are left out, the second are reported. */
public final class Damage {
  private Damage() {}

  /**
   * Whether what a Parquet reader threw shows that the file is damaged.
   *
   * @param error from reading a file of {@link Storage#open} or an array of bytes
   */
  public static boolean isShownBy(Throwable error) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException || cause instanceof FileNotFoundException) {
        return false;
      }
    }
    return !(error instanceof Error);
  }

  /** Whether a file is gone, so that the table must be listed again. */
  public static boolean isGone(Throwable error) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException) {
        return true;
      }
    }
    return false;
  }
}
