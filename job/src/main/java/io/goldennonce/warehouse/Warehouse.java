package io.goldennonce.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory of ours on any Hadoop file system. A marker file makes it one, so that no other
 * directory is ever written into by mistake.
 */
public final class Warehouse {
  private static final String MARKER = "_golden_nonce";
  private static final String RUNNING = "_running";

  private final Path path;
  private final FileSystem fileSystem;

  private Warehouse(Path path, FileSystem fileSystem) {
    this.path = path;
    this.fileSystem = fileSystem;
  }

  /**
   * Opens a warehouse to write to; makes it where there is nothing or an empty directory.
   *
   * @throws WarehouseException if it holds something else or can't be written
   */
  public static Warehouse openOrCreate(String location, Configuration conf) {
    try {
      Warehouse warehouse = at(location, conf);
      if (!warehouse.isMarked()) {
        warehouse.requireEmpty();
        warehouse.fileSystem.mkdirs(warehouse.path);
        warehouse.mark();
      }
      warehouse.requireWritable();
      return warehouse;
    } catch (IOException e) {
      throw new WarehouseException(
          "the warehouse must be a directory that can be written, got "
              + location
              + " ("
              + oneLine(e)
              + "); choose another with --warehouse",
          e);
    }
  }

  /**
   * Opens a warehouse to read from.
   *
   * @throws WarehouseException if there is none
   */
  public static Warehouse open(String location, Configuration conf) {
    try {
      Warehouse warehouse = at(location, conf);
      if (!warehouse.isMarked()) {
        throw new WarehouseException(
            "no warehouse at "
                + location
                + "; mine into it first, or choose another with"
                + " --warehouse");
      }
      return warehouse;
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  /**
   * Whether there is a warehouse of ours at a place.
   *
   * @throws WarehouseException if that can't be told: nobody may take its work for not done
   */
  public static boolean isAt(String location, Configuration conf) {
    try {
      return at(location, conf).isMarked();
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  /** A table's directory, which need not exist. */
  ParquetTable table(String name) {
    return new ParquetTable(new Path(path, name), fileSystem);
  }

  /** Takes the lease of a search. */
  SearchLease lease(String search, String runId, Duration timeToLive) {
    return SearchLease.take(
        new Path(path, RUNNING + "/" + search + ".json"), fileSystem, runId, timeToLive);
  }

  /** The searches that are being run, or whose driver died without a word. */
  public List<RunningSearch> running() {
    List<RunningSearch> running = new ArrayList<>();
    try {
      for (FileStatus file : fileSystem.listStatus(new Path(path, RUNNING))) {
        running(file.getPath()).ifPresent(running::add);
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list " + path + ": " + e.getMessage(), e);
    }
    return running;
  }

  private Optional<RunningSearch> running(Path lease) throws IOException {
    try {
      return SearchLease.read(lease, fileSystem)
          .flatMap(holder -> RunningSearch.of(lease.getName(), holder));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // ended since it was listed
    }
  }

  /**
   * When a block that is not yet found was begun, so that a restart goes on with the same header;
   * now, if it is begun now.
   *
   * @param block what makes the block but its time
   */
  public Instant blockBegun(String block) {
    Path file = new Path(path, "_pending/" + block);
    try {
      new Publisher(fileSystem).createNew(file, new byte[0]);
    } catch (FileAlreadyExistsException e) {
      // Begun before, or by another process at this moment.
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
    try {
      return Instant.ofEpochMilli(fileSystem.getFileStatus(file).getModificationTime());
    } catch (FileNotFoundException e) {
      return Instant.now(); // another process has ended the same block at this moment
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Says that a block is found, or will not be looked for any more. */
  public void blockEnded(String block) {
    Path file = new Path(path, "_pending/" + block);
    try {
      fileSystem.delete(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file + ": " + e.getMessage(), e);
    }
  }

  /** The fully qualified path. */
  public String location() {
    return path.toString();
  }

  private static Warehouse at(String location, Configuration conf) throws IOException {
    Path path;
    try {
      path = new Path(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    FileSystem fileSystem = fileSystem(path, conf);
    return new Warehouse(fileSystem.makeQualified(path), fileSystem);
  }

  private static WarehouseException unreadable(String location, IOException e) {
    return new WarehouseException(
        "the warehouse can't be read: "
            + location
            + " ("
            + oneLine(e)
            + "); choose another with --warehouse",
        e);
  }

  private static FileSystem fileSystem(Path path, Configuration conf) throws IOException {
    try {
      return path.getFileSystem(conf);
    } catch (RuntimeException e) {
      // Hadoop knows a file system's name, but its jar is not there.
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new IOException(
            "this Spark lacks the jars that "
                + path.toUri().getScheme()
                + ":// needs, see docs/s3.md",
            e);
      }
      throw e;
    }
  }

  private boolean isMarked() throws IOException {
    return fileSystem.exists(new Path(path, MARKER));
  }

  private void requireEmpty() throws IOException {
    Optional<Path> other = Optional.empty();
    try {
      if (fileSystem.getFileStatus(path).isFile()) {
        throw new IOException("it is a file");
      }
      var entries = fileSystem.listStatusIterator(path);
      if (entries.hasNext()) {
        other = Optional.of(entries.next().getPath());
      }
    } catch (FileNotFoundException e) {
      return;
    }
    // Another process may have begun it meanwhile: the mark is the first of what it writes.
    if (other.isPresent() && !isMarked()) {
      throw new WarehouseException(
          "the warehouse must be empty or one of ours, but "
              + path
              + " holds "
              + other.get().getName()
              + "; choose another with --warehouse");
    }
  }

  private void mark() throws IOException {
    try {
      fileSystem.createNewFile(new Path(path, MARKER));
    } catch (FileAlreadyExistsException e) {
      // Another process made it at the same time: the same file.
    }
  }

  /** Tries, as permissions alone do not tell on every file system. */
  private void requireWritable() throws IOException {
    Path probe = new Path(path, "_probe-" + UUID.randomUUID());
    fileSystem.create(probe, false).close();
    fileSystem.delete(probe, false);
  }

  static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }
}
