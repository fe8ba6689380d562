package io.goldennonce.table.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a local file system that {@link DiskStorage} is made of. What is not synced may be
 * lost in a power cut, each effect by itself: the content of a file, and each change of a
 * directory. Paths are relative to the root; the empty path is the root itself.
 */
interface Disk {
  /**
   * Creates a file, which must not be there, and writes it.
   *
   * @param sync whether the content is durable on return; the name is not
   */
  void write(String path, byte[] content, boolean sync) throws IOException;

  /** Renames a file, atomically in place of one that may have the new name. */
  void rename(String from, String to) throws IOException;

  /** Makes the names in a directory durable: what was created, renamed and deleted in it. */
  void syncDirectory(String directory) throws IOException;

  /** Creates a directory, whose parent must be there, unless it is there. */
  void makeDirectory(String directory) throws IOException;

  /** Deletes a file; no error if it is gone. */
  void delete(String path) throws IOException;

  /**
   * Reads a part of a file.
   *
   * @param length of the part; negative for all that follows
   * @throws java.io.FileNotFoundException if it is gone
   */
  byte[] read(String path, long from, int length) throws IOException;

  /** The names of files and subdirectories; none if there is no such directory. */
  List<String> names(String directory) throws IOException;

  /** A regular file's length and time; null if it is gone or something else. */
  @Nullable StoredFile stat(String path) throws IOException;

  /** Creates a file, if need be, and locks it for this process. */
  Closeable lock(String path) throws IOException;

  /** Whether the file is there and no process of this kernel, this one included, has locked it. */
  boolean isUnlocked(String path) throws IOException;

  /** Identifies this start of this kernel; empty if unknown, then locks are not used. */
  String kernel();
}
