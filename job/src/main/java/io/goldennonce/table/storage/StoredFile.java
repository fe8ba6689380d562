package io.goldennonce.table.storage;

import java.io.Serializable;
import java.time.Instant;

/**
 * A file as a listing shows it.
 *
 * @param path relative to the storage's root
 * @param length in bytes
 * @param modified when it was written, by the storage's clock
 */
public record StoredFile(String path, long length, Instant modified) implements Serializable {
  /** The last part of the path. */
  public String name() {
    return Retired.name(path);
  }
}
