package io.goldennonce.table.storage;

import static io.goldennonce.table.storage.Retired.parent;
import static io.goldennonce.table.storage.Retired.path;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on a local disk. A published file is written under a temporary name and synced, renamed,
 * and the directory synced; so are the parents of directories it creates. Renames are atomic by
 * POSIX; a listing is not, so it also looks at what was retired while it ran.
 *
 * <p>NFS weakens one assumption: a client may show a listing from its cache, some seconds old, so
 * that a reader may see less than was acknowledged on another host, and two hosts may take the same
 * lease. Mount with {@code lookupcache=none,actimeo=0}.
 */
final class DiskStorage implements Storage {
  private static final Logger LOG = LoggerFactory.getLogger(DiskStorage.class);

  private final String location;
  private final Disk disk;
  private final Hooks hooks;
  private final Set<String> durableDirectories = ConcurrentHashMap.newKeySet();

  DiskStorage(String location, Disk disk, Hooks hooks) {
    this.location = location;
    this.disk = disk;
    this.hooks = hooks;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Hooks hooks() {
    return hooks;
  }

  @Override
  public void publish(String path, byte[] content) throws IOException {
    write(path, content, true);
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    write(path, content, false);
  }

  @Override
  public byte[] read(String path) throws IOException {
    return read(path, 0, -1);
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    try {
      return disk.read(path, from, length);
    } catch (FileNotFoundException e) {
      return disk.read(Retired.path(path), from, length);
    }
  }

  @Override
  public List<StoredFile> list(String directory) throws IOException {
    return hooks.has(Safeguard.LIST_RETIRED)
        ? Retired.list(this, directory, () -> files(directory), disk::stat)
        : files(directory);
  }

  private List<StoredFile> files(String directory) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (String name : disk.names(directory)) {
      StoredFile file = disk.stat(path(directory, name));
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  @Override
  public List<String> names(String directory) throws IOException {
    return disk.names(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void sync(String directory) throws IOException {
    if (hooks.has(Safeguard.SYNC_BEFORE_RETIRE)) {
      disk.syncDirectory(directory);
    }
  }

  @Override
  public void retire(String path) throws IOException {
    String retired = Retired.path(path);
    disk.makeDirectory(parent(retired));
    try {
      disk.rename(path, retired);
    } catch (FileNotFoundException e) {
      // Another process has retired it.
    }
  }

  @Override
  public Instant now(String directory) throws IOException {
    String probe = path(directory, "_probe-" + hooks.ids().get());
    makeDirectories(directory, false);
    disk.write(probe, new byte[0], false);
    StoredFile file = disk.stat(probe);
    disk.delete(probe);
    if (file == null) {
      throw new FileNotFoundException(probe + " was deleted");
    }
    return file.modified();
  }

  @Override
  public @Nullable Closeable lock(String path) throws IOException {
    if (disk.kernel().isEmpty()) {
      return null;
    }
    makeDirectories(parent(path), false);
    String file = path + "-" + disk.kernel();
    Closeable lock;
    try {
      lock = disk.lock(file);
    } catch (IOException e) {
      // An NFS without locks, or a full disk. A file without a lock would say that its owner died.
      disk.delete(file);
      LOG.debug("no lock on {}: {}", path, e.getMessage());
      return null;
    }
    return () -> {
      disk.delete(file);
      lock.close();
    };
  }

  @Override
  public boolean isAbandoned(String path) {
    try {
      return !disk.kernel().isEmpty() && disk.isUnlocked(path + "-" + disk.kernel());
    } catch (IOException e) {
      return false; // nothing is known
    }
  }

  private void write(String path, byte[] content, boolean durable) throws IOException {
    String directory = parent(path);
    makeDirectories(directory, durable);
    String staging = path(directory, "_staging-" + hooks.ids().get());
    try {
      disk.write(staging, content, durable && hooks.has(Safeguard.SYNC_FILE));
      disk.rename(staging, path);
    } catch (IOException | RuntimeException e) {
      try {
        disk.delete(staging);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    if (durable && hooks.has(Safeguard.SYNC_DIRECTORY)) {
      disk.syncDirectory(directory);
    }
  }

  /**
   * Creates a directory and its parents. Before a file in it counts as durable they are synced once
   * by this process, even if another created them: that one may have died before it did so.
   */
  private void makeDirectories(String directory, boolean durable) throws IOException {
    if (durableDirectories.contains(directory)) {
      return;
    }
    if (!directory.isEmpty()) {
      makeDirectories(parent(directory), durable);
    }
    disk.makeDirectory(directory);
    if (durable) {
      if (!directory.isEmpty() && hooks.has(Safeguard.SYNC_DIRECTORY)) {
        disk.syncDirectory(parent(directory));
      }
      durableDirectories.add(directory);
    }
  }
}
