package io.goldennonce.table;

import java.io.IOException;

/** An error of the storage met by a Parquet reader, as opposed to damage in the file it reads. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1;

  StorageException(String path, IOException cause) {
    super("could not read " + path + ": " + cause.getMessage(), cause);
  }
}
