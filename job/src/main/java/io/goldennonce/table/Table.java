package io.goldennonce.table;

import java.io.IOException;

/**
 * A table: a directory of immutable Parquet files.
 *
 * <p>An append publishes one file. The name of the file is the <em>origin</em> of its rows: unique,
 * or the same for all who append the same rows. In a versioned table an origin is a key, of which
 * each save publishes a higher version; the highest counts. A merged file holds the rows of many
 * origins and lists them in its footer. Readers resolve from one listing and the footers of the
 * merged files which rows count ({@link Snapshot}): those of each origin once, whatever compactions
 * overlap. Instances cache footers: keep one per table and process. Thread-safe.
 */
public final class Table {
  private final Storage storage;
  private final String directory;
  private final boolean versioned;

  /**
   * A table, which need not exist.
   *
   * @param directory relative to the storage's root
   * @param versioned whether its origins have versions
   */
  public Table(Storage storage, String directory, boolean versioned) {
    this.storage = storage;
    this.directory = directory;
    this.versioned = versioned;
  }

  /**
   * Appends rows. When it returns, they survive SIGKILL and power loss.
   *
   * @param name of letters, digits, {@code -}, {@code _} and {@code .}: unique, or the same for all
   *     who append the same rows, which then count once
   * @param rows a file of {@link ParquetFile#write}
   */
  public void append(String name, byte[] rows) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * A key of a versioned table, to save rows in place of those saved before. One process at a time
   * may save a key.
   *
   * @param key of the characters that {@link #append} allows
   * @param last the highest version there is ({@link Snapshot#version}); 0 for a new key
   */
  public Versions versions(String key, long last) {
    throw new UnsupportedOperationException();
  }

  /** Which rows count now. One listing, and the footers of merged files not seen before. */
  public Snapshot snapshot() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Saves the rows of one key. */
  public interface Versions {
    /**
     * Saves rows in place of all that were saved for the key. When it returns, they survive SIGKILL
     * and power loss; until then the rows before count. The file before stays, as a fallback.
     */
    void save(byte[] rows) throws IOException;
  }

  /** The rows of a table at one moment. */
  public interface Snapshot {
    /** Which rows of which files count, in order of file names. */
    java.util.List<Part> parts();

    /** The highest version of a key that is readable; 0 if there is none. */
    long version(String key);
  }
}
