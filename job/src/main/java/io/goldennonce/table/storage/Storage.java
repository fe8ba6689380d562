package io.goldennonce.table.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory tree on a local disk, HDFS or S3, with what all of them can promise and no more.
 *
 * <ul>
 *   <li>Atomic: a published file appears whole under its name, or not at all.
 *   <li>Durable: {@link #publish} returns when content and name survive a power cut.
 *   <li>Complete: {@link #list} shows every file whose {@code publish} or {@code put} returned
 *       before the listing began, unless it was deleted.
 *   <li>Immutable: callers never publish other content under a name that is in use.
 * </ul>
 *
 * <p>There is no lock, no conditional write and no append. Content is an array of bytes, as files
 * are small (32 MiB at most). Paths are relative to the root, with {@code /} between names; a name
 * that starts with {@code _} or {@code .} is not data. Implementations are thread-safe.
 */
public interface Storage {
  /** Where retired files are, below the directory they were in. */
  String RETIRED = "_old";

  /**
   * Opens a directory tree; nothing is created. A local disk is written without Hadoop's local file
   * system, which can't sync a directory.
   *
   * @param location a Hadoop path; one without a scheme is on Hadoop's default file system
   * @throws IOException if there is no file system for it
   */
  static Storage at(String location, Configuration hadoop) throws IOException {
    Path root = Locations.path(location);
    FileSystem files = Locations.fileSystem(root, hadoop);
    root = files.makeQualified(root);
    return switch (files.getUri().getScheme()) {
      case "file" ->
          new DiskStorage(
              root.toString(),
              new NioDisk(java.nio.file.Path.of(root.toUri().getPath())),
              Hooks.NONE);
      case "s3", "s3a", "s3n" -> new ObjectStorage(files, root, Hooks.NONE);
      default -> new HadoopStorage(files, root, Hooks.NONE);
    };
  }

  /** The root as a fully qualified Hadoop path. */
  String location();

  /** For the simulation. */
  default Hooks hooks() {
    return Hooks.NONE;
  }

  /**
   * Writes a file, whole or not at all, and creates the directories it lacks. When it returns, the
   * file survives SIGKILL and power loss. When it throws, the file may be there or not.
   */
  void publish(String path, byte[] content) throws IOException;

  /**
   * Writes or overwrites a small file that may be lost in a power cut, and that a reader may find
   * empty while it is overwritten; its name is there all the time. For claims of leases, and hints.
   */
  void put(String path, byte[] content) throws IOException;

  /**
   * Reads a whole file, also one that was retired.
   *
   * @throws java.io.FileNotFoundException if it was deleted
   */
  byte[] read(String path) throws IOException;

  /**
   * Reads a part of a file, also of one that was retired.
   *
   * @throws java.io.FileNotFoundException if it was deleted
   * @throws java.io.EOFException if it ends before {@code from + length}
   */
  byte[] read(String path, long from, int length) throws IOException;

  /** Whether a file is there, or was retired. */
  default boolean exists(String path) throws IOException {
    try {
      read(path, 0, 0);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * The files of a directory in no particular order, without its subdirectories; none if there is
   * no directory. A file that was there when the listing began and is retired meanwhile is listed.
   */
  List<StoredFile> list(String directory) throws IOException;

  /** The names of a directory's files and subdirectories; none if there is no directory. */
  List<String> names(String directory) throws IOException;

  /** Deletes a file; no error if it is gone. A power cut may bring it back. */
  void delete(String path) throws IOException;

  /**
   * Makes the names durable that a listing has shown. A listing also shows a file whose writer was
   * killed before it could do so. To be called before something is retired or deleted because
   * another file was seen to replace it.
   */
  default void sync(String directory) throws IOException {}

  /**
   * Takes a file out of listings where that is atomic: it moves to {@link #RETIRED}, so that those
   * who listed it before can read it until it is swept. On S3 it does nothing: the file stays until
   * it is swept. No error if it is gone.
   */
  void retire(String path) throws IOException;

  /**
   * The storage's clock, which stamps {@link StoredFile#modified}; never this host's. It writes and
   * deletes a file to learn it.
   *
   * @param directory where to write
   */
  Instant now(String directory) throws IOException;

  /**
   * Locks a file of the caller's own until the process ends or closes the lock, where the operating
   * system can do so; null elsewhere.
   */
  default @Nullable Closeable lock(String path) throws IOException {
    return null;
  }

  /**
   * Whether a process locked the file and has ended since; false also where that can't be known,
   * such as on another host. Process ids play no part, so that it holds across containers.
   */
  default boolean isAbandoned(String path) throws IOException {
    return false;
  }
}
