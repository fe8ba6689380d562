package io.goldennonce.table.storage;

import io.goldennonce.simulation.DiskModel;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls below {@link DiskStorage}, on a disk model. The root's parent is there and durable. */
final class SimulatedDisk implements Disk {
  private static final String ROOT = "/warehouse";

  private final DiskModel disk;
  private final String kernel;

  /**
   * @param kernel of the host; hosts may share a disk over a network
   */
  SimulatedDisk(DiskModel disk, String kernel) {
    this.disk = disk;
    this.kernel = kernel;
  }

  private static String full(String path) {
    return path.isEmpty() ? ROOT : ROOT + "/" + path;
  }

  @Override
  public void write(String path, byte[] content, boolean sync) throws IOException {
    disk.create(full(path), content);
    if (sync) {
      disk.syncFile(full(path));
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    try {
      disk.rename(full(from), full(to));
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException(from);
    }
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    disk.syncDirectory(full(directory));
  }

  @Override
  public void makeDirectory(String directory) throws IOException {
    disk.makeDirectory(full(directory));
    if (directory.isEmpty()) {
      disk.syncDirectory("/");
    }
  }

  @Override
  public void delete(String path) throws IOException {
    disk.delete(full(path));
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    byte[] all;
    try {
      all = disk.read(full(path));
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException(path);
    }
    if (from > all.length || (length >= 0 && from + length > all.length)) {
      throw new EOFException(path);
    }
    return Arrays.copyOfRange(all, (int) from, length < 0 ? all.length : (int) from + length);
  }

  @Override
  public List<String> names(String directory) throws IOException {
    DiskModel.Stat stat = disk.stat(full(directory));
    return stat == null ? List.of() : disk.list(full(directory));
  }

  @Override
  public @Nullable StoredFile stat(String path) {
    DiskModel.Stat stat = disk.stat(full(path));
    return stat == null || stat.directory()
        ? null
        : new StoredFile(path, stat.length(), Instant.ofEpochMilli(stat.modified()));
  }

  @Override
  public Closeable lock(String path) throws IOException {
    try {
      disk.create(full(path), new byte[0]);
    } catch (FileAlreadyExistsException e) {
      // It is locked as it is.
    }
    disk.lock(full(path));
    return () -> disk.unlock(full(path));
  }

  @Override
  public boolean isUnlocked(String path) {
    DiskModel.Stat stat = disk.stat(full(path));
    return stat != null && !stat.directory() && !disk.isLocked(full(path));
  }

  @Override
  public String kernel() {
    return kernel;
  }
}
