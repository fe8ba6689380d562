package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Hooks;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  final Storage storage;
  final Hooks hooks;
  final Footers footers;
  private final String directory;
  private final boolean versioned;

  /** Files with origins of their own, published since the last background compaction. */
  final AtomicInteger published = new AtomicInteger();

  private volatile Snapshot.@Nullable Index mergedBefore;

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
    this.hooks = storage.hooks();
    this.footers = new Footers(storage);
  }

  /**
   * Appends rows. When it returns, they survive SIGKILL and power loss.
   *
   * @param name of letters, digits, {@code -}, {@code _} and {@code .}: unique, or the same for all
   *     who append the same rows, which then count once
   * @param rows a file of {@link ParquetFile#write}
   */
  public void append(String name, byte[] rows) throws IOException {
    storage.publish(path(FileName.appended(name)), rows);
    published.incrementAndGet();
  }

  /**
   * A key of a versioned table, to save rows in place of those saved before. If two processes save
   * the same version of a key, one of them counts.
   *
   * @param key of the characters that {@link #append} allows
   * @param last the highest version there is ({@link Snapshot#version}); 0 for a new key
   */
  public Versions versions(String key, int last) {
    if (!versioned) {
      throw new IllegalStateException("the table " + directory + " has no versions");
    }
    return new Versions(this, key, last);
  }

  /**
   * Which rows count now. It lists the directory, and reads the footers of merged files that this
   * instance has not seen before. What was acknowledged before it began is in it.
   */
  public Snapshot snapshot() throws IOException {
    return StoredParquet.retryIfGone(() -> resolve(storage.list(directory)));
  }

  /**
   * Merges small files. Any number of processes may do so at once, while others append and read.
   *
   * @param grace how long what is merged stays readable for those who listed it before
   */
  public Compaction compaction(Duration grace) {
    return new Compaction(this, grace);
  }

  private Snapshot resolve(List<StoredFile> files) throws IOException {
    List<Container> merged = new ArrayList<>();
    List<Container> plain = new ArrayList<>();
    for (StoredFile file : files) {
      String name = file.name();
      if (FileName.isMerged(name)) {
        List<Origin> origins = footers.origins(file);
        if (origins != null) {
          merged.add(new Container(file, origins));
        }
      } else if (FileName.isData(name)) {
        plain.add(new Container(file, List.of(FileName.origin(name, versioned))));
      }
    }
    return new Snapshot(index(merged), plain, hooks);
  }

  /** Kept from the snapshot before where the merged files are the same, as they mostly are. */
  private Snapshot.Index index(List<Container> merged) {
    Snapshot.Index before = mergedBefore;
    if (before != null && names(before.containers()).equals(names(merged))) {
      return before;
    }
    Snapshot.Index index = Snapshot.Index.of(merged, Container.Holder.order(hooks));
    footers.forgetAllBut(names(merged));
    mergedBefore = index;
    return index;
  }

  private static Set<String> names(List<Container> containers) {
    return containers.stream().map(container -> container.file.name()).collect(Collectors.toSet());
  }

  /**
   * Publishes a version.
   *
   * @return its path
   */
  String publish(String key, int version, byte[] rows) throws IOException {
    String path = path(FileName.version(key, version, hooks.ids().get()));
    storage.publish(path, rows);
    if (version == 1) {
      published.incrementAndGet();
    }
    return path;
  }

  /** How many files there are that a compaction would merge. */
  long smallFiles() throws IOException {
    return snapshot().containers().stream().filter(MergedFile::isSmall).count();
  }

  String path(String name) {
    return directory + "/" + name;
  }

  /** Relative to the storage's root. */
  public String directory() {
    return directory;
  }
}
