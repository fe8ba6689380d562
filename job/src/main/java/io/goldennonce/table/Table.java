package io.goldennonce.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(Table.class);

  /** Each means that files were swept in just that moment. */
  private static final int ATTEMPTS = 10;

  private final Storage storage;
  private final String directory;
  private final boolean versioned;
  private final Hooks hooks;

  /** By name, as files never change. */
  private final Map<String, List<Origin>> footers = new ConcurrentHashMap<>();

  private final Map<String, Set<String>> notes = new ConcurrentHashMap<>();
  private final Set<String> readable = ConcurrentHashMap.newKeySet();

  /** Names of files of which every row has been read. */
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  /** Names of damaged files that a warning was given about. */
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** Files with origins of their own, published since the last background compaction. */
  private final AtomicInteger published = new AtomicInteger();

  private volatile Snapshot.@Nullable Index mergedBefore;

  /**
   * A table, which need not exist.
   *
   * @param directory relative to the storage's root
   * @param versioned whether its origins have versions
   */
  public Table(Storage storage, String directory, boolean versioned) {
    this(storage, directory, versioned, Hooks.NONE);
  }

  Table(Storage storage, String directory, boolean versioned, Hooks hooks) {
    this.storage = storage;
    this.directory = directory;
    this.versioned = versioned;
    this.hooks = hooks;
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
    return resolve(storage.list(directory));
  }

  /**
   * Merges small files. Any number of processes may do so at once, while others append and read.
   *
   * @param grace how long what is merged stays readable for those who listed it before
   */
  public Compaction compaction(Duration grace) {
    return new Compaction(this, grace);
  }

  /** Resolves a listing; lists again where files have gone since. */
  Snapshot resolve(List<StoredFile> listing) throws IOException {
    List<StoredFile> files = listing;
    for (int attempt = 1; ; attempt++) {
      try {
        return resolveOnce(files);
      } catch (IOException e) {
        if (!Damage.isGone(e) || attempt == ATTEMPTS) {
          throw e;
        }
        files = storage.list(directory);
      }
    }
  }

  private Snapshot resolveOnce(List<StoredFile> files) throws IOException {
    LegacyNotes legacy = legacy(files);
    List<Container> merged = new ArrayList<>();
    List<Container> plain = new ArrayList<>();
    for (StoredFile file : files) {
      if (!FileName.isData(file.name()) || legacy.hidden().contains(file.name())) {
        continue;
      }
      if (FileName.isMerged(file.name())) {
        List<Origin> origins = origins(file);
        if (origins != null) {
          merged.add(new Container(file, origins));
        }
      } else {
        plain.add(new Container(file, List.of(FileName.origin(file.name(), versioned))));
      }
    }
    return new Snapshot(index(merged), plain, hooks);
  }

  LegacyNotes legacy(List<StoredFile> files) throws IOException {
    return LegacyNotes.of(files, storage, notes, this::isReadable);
  }

  /** Kept from the snapshot before where the merged files are the same, as they mostly are. */
  private Snapshot.Index index(List<Container> merged) {
    Snapshot.Index before = mergedBefore;
    if (before != null && names(before.containers()).equals(names(merged))) {
      return before;
    }
    Snapshot.Index index =
        Snapshot.Index.of(
            merged,
            hooks.has(Safeguard.HIGHEST_VERSION)
                ? Container.Holder.ORDER
                : Container.Holder.sizeAndName());
    footers.keySet().retainAll(names(merged));
    verified.retainAll(names(merged));
    mergedBefore = index;
    return index;
  }

  private static Set<String> names(List<Container> containers) {
    return containers.stream().map(container -> container.file.name()).collect(Collectors.toSet());
  }

  /**
   * What a merged file says that it holds; null if it is damaged: then it holds nothing, and what
   * it would replace counts.
   */
  private @Nullable List<Origin> origins(StoredFile file) throws IOException {
    List<Origin> known = footers.get(file.name());
    if (known != null) {
      return known;
    }
    try (ParquetFile parquet = ParquetFile.open(storage.open(file))) {
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

  private boolean isReadable(StoredFile file) throws IOException {
    if (readable.contains(file.name())) {
      return true;
    }
    try (ParquetFile parquet = ParquetFile.open(storage.open(file))) {
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

  /** How many files this process has published that add to those of the table. */
  int published() {
    return published.get();
  }

  void resetPublished() {
    published.set(0);
  }

  /** How many files there are that a compaction would merge. */
  long smallFiles() throws IOException {
    return snapshot().containers().stream().filter(Compaction::isSmall).count();
  }

  String path(String name) {
    return directory + "/" + name;
  }

  /** Relative to the storage's root. */
  public String directory() {
    return directory;
  }

  Storage storage() {
    return storage;
  }

  Hooks hooks() {
    return hooks;
  }
}
