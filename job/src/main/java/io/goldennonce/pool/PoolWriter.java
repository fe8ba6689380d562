package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.table.storage.Locations;
import io.goldennonce.table.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes transactions to a pool that is a directory: a new file with each call, atomic and durable.
 */
public final class PoolWriter {
  private final Storage storage;

  private PoolWriter(Storage storage) {
    this.storage = storage;
  }

  /**
   * Opens a pool; creates the directory if there is none.
   *
   * @param location a directory on any Hadoop file system
   * @throws PoolException if it is a file or can't be created
   */
  public static PoolWriter open(String location, Configuration hadoop) {
    try {
      Path path = Locations.path(location);
      FileSystem fileSystem = Pool.withoutCheckSums(Locations.fileSystem(path, hadoop));
      if (isFile(fileSystem, path)) {
        throw new PoolException(
            "only a pool that is a directory can be written to, got the file " + location);
      }
      fileSystem.mkdirs(path);
      return new PoolWriter(Storage.at(location, hadoop));
    } catch (IOException | IllegalArgumentException e) {
      throw new PoolException("the pool can't be written: " + location + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a file of JSON lines.
   *
   * @param name its name without the ending; unique to these transactions
   * @throws PoolException if the file exists
   */
  public void write(String name, List<Transaction> transactions) {
    if (!writeOnce(name, transactions)) {
      throw new PoolException(
          "the pool has this file already: " + storage.location() + "/" + name + ".jsonl");
    }
  }

  /**
   * Writes a file of JSON lines, unless it exists.
   *
   * @param name its name without the ending; unique to these transactions
   * @return whether it was written
   */
  public boolean writeOnce(String name, List<Transaction> transactions) {
    String file = name + ".jsonl";
    String lines =
        transactions.stream()
            .map(transaction -> PoolLine.of(transaction) + "\n")
            .collect(Collectors.joining());
    try {
      if (isThere(file)) {
        return false;
      }
      storage.publish(file, lines.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not write " + storage.location() + "/" + file + ": " + e.getMessage(), e);
    }
  }

  private boolean isThere(String file) throws IOException {
    try {
      storage.read(file);
      return true;
    } catch (FileNotFoundException e) {
      return false;
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
