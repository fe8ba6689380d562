package io.goldennonce.table.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A disk for tests that override some of its methods. */
class ForwardingDisk implements Disk {
  private final Disk disk;

  ForwardingDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public void write(String path, byte[] content, boolean sync) throws IOException {
    disk.write(path, content, sync);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    disk.syncDirectory(directory);
  }

  @Override
  public void makeDirectory(String directory) throws IOException {
    disk.makeDirectory(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    disk.delete(path);
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    return disk.read(path, from, length);
  }

  @Override
  public List<String> names(String directory) throws IOException {
    return disk.names(directory);
  }

  @Override
  public @Nullable StoredFile stat(String path) throws IOException {
    return disk.stat(path);
  }

  @Override
  public Closeable lock(String path) throws IOException {
    return disk.lock(path);
  }

  @Override
  public boolean isUnlocked(String path) throws IOException {
    return disk.isUnlocked(path);
  }

  @Override
  public String kernel() {
    return disk.kernel();
  }
}
