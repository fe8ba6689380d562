package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.storage.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in a file, or in the files of a directory: JSON lines, CSV or Parquet, by the ending
 * of the name. Files may grow, appear and disappear. As in Hadoop, names that start with an
 * underscore or a dot are ignored, so that a file can be written first and then renamed.
 *
 * <p>All valid transactions are held in memory, once. A transaction is in the pool as long as one
 * of its files exists.
 */
public final class Pool {
  /** Endings of the names of files that are read. */
  public static final List<String> ENDINGS =
      List.of(".jsonl", ".ndjson", ".json", ".csv", ".parquet");

  /**
   * How files are read.
   *
   * @param maxBytes maximum size of a record
   * @param settleTime a file that was not written to for this time is complete
   */
  public record Settings(int maxBytes, Duration settleTime) {}

  /**
   * Changes since the last look.
   *
   * @param added transactions that are new in the pool
   * @param gone transactions that are no longer in the pool
   * @param rejected records that are not valid, or are in the pool already
   */
  public record Look(List<Pooled> added, List<Hash256> gone, List<Rejection> rejected) {}

  /** A file, and the ids of its transactions. */
  private record Source(PoolFile file, Set<Hash256> ids) {}

  private final FileSystem fileSystem;
  private final Path path;
  private final Settings settings;
  private final Map<Path, Source> sources = new TreeMap<>();
  private final Map<Hash256, Pooled> transactions = new LinkedHashMap<>();

  /** Number of files that hold each transaction. */
  private final Map<Hash256, Integer> copies = new HashMap<>();

  private Pool(FileSystem fileSystem, Path path, Settings settings) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.settings = settings;
  }

  /**
   * Opens a pool without reading it.
   *
   * @param location a file or a directory on any Hadoop file system
   * @throws PoolException if there is neither, or the file's name has another ending
   */
  public static Pool open(String location, Configuration hadoop, Settings settings) {
    try {
      Path path = Locations.path(location);
      FileSystem fileSystem = withoutCheckSums(Locations.fileSystem(path, hadoop));
      Path qualified = fileSystem.makeQualified(path);
      if (fileSystem.getFileStatus(qualified).isFile() && !isFormat(qualified)) {
        throw new PoolException(
            "a pool's file must end in " + String.join(", ", ENDINGS) + ", got " + location);
      }
      return new Pool(fileSystem, qualified, settings);
    } catch (FileNotFoundException e) {
      throw new PoolException("a pool must be a file or a directory, got " + location, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new PoolException("the pool can't be read: " + location + ": " + e.getMessage(), e);
    }
  }

  /** Ignores Hadoop's checksums of local files, which are wrong if another program appends. */
  static FileSystem withoutCheckSums(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /** Reads what is new since the last look. */
  public Look look() throws IOException {
    List<Pooled> added = new ArrayList<>();
    List<Hash256> gone = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>();
    Map<Path, FileStatus> files = files();
    // Removed files first, so that a renamed file is not counted twice.
    for (Path file : List.copyOf(sources.keySet())) {
      @Nullable FileStatus now = files.get(file);
      if (now == null || isReplaced(file, now)) {
        forget(file, gone);
      }
    }
    for (FileStatus now : files.values()) {
      Source source = source(now.getPath());
      Instant written = Instant.ofEpochMilli(now.getModificationTime());
      try {
        source
            .file()
            .readOn(
                now,
                record -> take(record, source, now.getPath().getName(), written, added, rejected));
      } catch (FileNotFoundException | NoSuchFileException e) {
        // Deleted since the listing: the next look sees that.
      }
    }
    gone.removeIf(transactions::containsKey);
    return new Look(added, gone, rejected);
  }

  private boolean isReplaced(Path file, FileStatus now) throws IOException {
    try {
      return source(file).file().isReplacedBy(now);
    } catch (FileNotFoundException | NoSuchFileException e) {
      return true; // Deleted since the listing.
    }
  }

  public Optional<Pooled> get(Hash256 id) {
    return Optional.ofNullable(transactions.get(id));
  }

  /** All transactions, in the order in which they were read. */
  public Collection<Pooled> transactions() {
    return Collections.unmodifiableCollection(transactions.values());
  }

  private void take(
      RawRecord record,
      Source source,
      String name,
      Instant written,
      List<Pooled> added,
      List<Rejection> rejected) {
    if (record.transaction() == null) {
      rejected.add(record.rejection(name, String.valueOf(record.refused())));
      return;
    }
    Hash256 id = record.transaction().id();
    if (source.ids().add(id)) {
      copies.merge(id, 1, Integer::sum);
    }
    Pooled pooled = new Pooled(record.transaction(), id, written, System.nanoTime());
    if (transactions.putIfAbsent(id, pooled) == null) {
      added.add(pooled);
    } else {
      rejected.add(
          record.rejection(name, "the pool has this transaction already: " + id.toDisplay()));
    }
  }

  private void forget(Path file, List<Hash256> gone) {
    for (Hash256 id : source(file).ids()) {
      if (copies.merge(id, -1, Integer::sum) == 0) {
        copies.remove(id);
        transactions.remove(id);
        gone.add(id);
      }
    }
    sources.remove(file);
  }

  private Source source(Path file) {
    return sources.computeIfAbsent(file, path -> new Source(open(path), new HashSet<>()));
  }

  private PoolFile open(Path file) {
    String name = formatName(file);
    if (name.endsWith(".parquet")) {
      return new ParquetFile(
          new ParquetRecords(fileSystem.getConf(), settings.maxBytes()), settings.settleTime());
    }
    Function<String, Optional<Transaction>> format =
        name.endsWith(".csv") ? new CsvFormat() : line -> Optional.of(PoolLine.parse(line));
    return new TextFile(fileSystem, format, settings.maxBytes(), settings.settleTime());
  }

  private Map<Path, FileStatus> files() throws IOException {
    FileStatus[] found;
    try {
      found = fileSystem.listStatus(path);
    } catch (FileNotFoundException e) {
      return Map.of();
    }
    Map<Path, FileStatus> files = new LinkedHashMap<>();
    Arrays.stream(found)
        .filter(file -> file.isFile() && isFormat(file.getPath()))
        .sorted(Comparator.comparing(FileStatus::getPath))
        .forEach(file -> files.put(file.getPath(), file));
    return files;
  }

  /** The file's name in lower case, without the number that log rotation appends. */
  private static String formatName(Path file) {
    return file.getName().toLowerCase(Locale.ROOT).replaceFirst("\\.[0-9]{1,6}$", "");
  }

  private static boolean isFormat(Path file) {
    String name = formatName(file);
    return !name.startsWith("_")
        && !name.startsWith(".")
        && ENDINGS.stream().anyMatch(name::endsWith);
  }
}
