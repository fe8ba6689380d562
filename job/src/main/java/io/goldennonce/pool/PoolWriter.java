package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Puts transactions into a pool that is a directory: each time a new file, whole or not at all. */
public final class PoolWriter {
  private final FileSystem fileSystem;
  private final Path directory;

  private PoolWriter(FileSystem fileSystem, Path directory) {
    this.fileSystem = fileSystem;
    this.directory = directory;
  }

  /**
   * Opens a pool; makes the directory where there is nothing.
   *
   * @param location a directory on any Hadoop file system
   * @throws PoolException if it is a file or can't be made
   */
  public static PoolWriter open(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      FileSystem fileSystem = Pool.withoutCheckSums(path.getFileSystem(hadoop));
      Path directory = fileSystem.makeQualified(path);
      if (isFile(fileSystem, directory)) {
        throw new PoolException(
            "only a pool that is a directory can be written to, got the file " + location);
      }
      fileSystem.mkdirs(directory);
      return new PoolWriter(fileSystem, directory);
    } catch (IOException | IllegalArgumentException e) {
      throw new PoolException("the pool can't be written: " + location + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a file of JSON lines.
   *
   * @param name its name without the ending
   * @throws PoolException if there is such a file
   */
  public void write(String name, List<Transaction> transactions) {
    Path aside = new Path(directory, "_" + name + ".jsonl");
    Path file = new Path(directory, name + ".jsonl");
    try {
      if (fileSystem.exists(file)) {
        throw new PoolException("the pool has this file already: " + file);
      }
      try (OutputStream out = fileSystem.create(aside, true)) {
        for (Transaction transaction : transactions) {
          out.write((PoolLine.of(transaction) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      if (!fileSystem.rename(aside, file)) {
        throw new IOException("could not move " + aside + " to " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isFile(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
