package io.goldennonce.simulation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A local disk that promises what POSIX does and no more. A power cut keeps any subset of what was
 * not synced: of each file's bytes none, all, a part or zeros; of each directory's changes any, in
 * any order. Syncing a file does not sync its name; syncing a directory does not sync the files'
 * bytes. A rename within one directory is one change; between two directories it is one in each.
 *
 * <p>A listing is not a snapshot: files that come or go while it runs may be in it or not.
 */
public final class DiskModel {
  /** What is known of a file without reading it. */
  public record Stat(long length, long modified, boolean directory) {}

  private static final int ENTRIES_PER_CALL = 2;

  /** Files of this length on hold data; markers, probes and claims are shorter. */
  static final int DATA = 64;

  private final Scheduler scheduler;
  private final int fullOneIn;
  private final DiskNodes.Directory root = new DiskNodes.Directory();
  private boolean damageNext;

  /**
   * @param fullOneIn a write finds the disk full once in N times; 0 for never
   */
  public DiskModel(Scheduler scheduler, int fullOneIn) {
    this.scheduler = scheduler;
    this.fullOneIn = fullOneIn;
  }

  /** Creates a file that must not exist and writes its bytes. A crash may hit it in between. */
  public void create(String path, byte[] bytes) throws IOException {
    scheduler.step("create", path);
    DiskNodes.Directory parent = parent(path);
    if (parent.entries.containsKey(name(path))) {
      throw new FileAlreadyExistsException(path);
    }
    DiskNodes.Inode file = new DiskNodes.Inode();
    file.modified = scheduler.clock().storage();
    parent.change(entry(name(path), file));
    write(path, file, bytes);
  }

  /** Locks a file for the process that runs now, until it ends. */
  public void lock(String path) throws IOException {
    scheduler.step("lock", path);
    DiskNodes.Inode file = file(path);
    if (file.isLocked()) {
      throw new IOException(path + " is locked");
    }
    file.owner = scheduler.current();
  }

  public void unlock(String path) {
    scheduler.step("unlock", path);
    if (node(path) instanceof DiskNodes.Inode file) {
      file.owner = null;
    }
  }

  public boolean isLocked(String path) {
    scheduler.step("try-lock", path);
    return node(path) instanceof DiskNodes.Inode file && file.isLocked();
  }

  private void write(String path, DiskNodes.Inode file, byte[] bytes) throws IOException {
    scheduler.step("write", path);
    file.dirty = true;
    file.modified = scheduler.clock().storage();
    if (fullOneIn > 0 && scheduler.current() != null && scheduler.choices().next(fullOneIn) == 0) {
      file.bytes = Arrays.copyOf(bytes, bytes.length / 2);
      scheduler.note("full", path);
      throw new IOException(path + ": No space left on device");
    }
    file.bytes = bytes.clone();
    if (damageNext && bytes.length >= DATA) {
      damageNext = false;
      file.bytes = damaged(bytes);
      scheduler.note("damaged", path);
    }
  }

  /** Lets the disk store other bytes than the next data file's, and say nothing of it. */
  public void damageNextFile() {
    damageNext = true;
  }

  /** Damages a file where it lies. */
  public void damage(String path) throws IOException {
    file(path).bytes = damaged(file(path).bytes);
    file(path).synced = file(path).bytes;
  }

  /**
   * Bytes of which some near the start are lost: a Parquet file's rows, while its footer is sound.
   */
  static byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, 4, Math.min(bytes.length, 36), (byte) 0);
    return damaged;
  }

  public void syncFile(String path) throws IOException {
    scheduler.step("fsync", path);
    DiskNodes.Inode file = file(path);
    file.synced = file.bytes;
    file.dirty = false;
  }

  public void syncDirectory(String path) throws IOException {
    scheduler.step("fsync-dir", path);
    directory(path).sync();
  }

  /** Renames a file, replacing what had the name. */
  public void rename(String from, String to) throws IOException {
    scheduler.step("rename", from + " " + to);
    DiskNodes.Directory source = parent(from);
    DiskNodes.Directory target = parent(to);
    DiskNodes.Node node = source.entries.get(name(from));
    if (node == null) {
      throw new NoSuchFileException(from);
    }
    if (source == target) {
      Map<String, DiskNodes.@Nullable Node> change = entry(name(from), null);
      change.put(name(to), node);
      source.change(change);
    } else {
      target.change(entry(name(to), node));
      source.change(entry(name(from), null));
    }
  }

  /**
   * Deletes a file, or an empty directory.
   *
   * @return whether there was such a file
   */
  public boolean delete(String path) throws IOException {
    scheduler.step("unlink", path);
    DiskNodes.Directory parent = parent(path);
    DiskNodes.Node node = parent.entries.get(name(path));
    if (node == null) {
      return false;
    }
    if (node instanceof DiskNodes.Directory directory && !directory.entries.isEmpty()) {
      throw new java.nio.file.DirectoryNotEmptyException(path);
    }
    parent.change(entry(name(path), null));
    return true;
  }

  /**
   * Creates a directory.
   *
   * @return whether it was made now
   */
  public boolean makeDirectory(String path) throws IOException {
    scheduler.step("mkdir", path);
    DiskNodes.Directory parent = parent(path);
    if (parent.entries.get(name(path)) instanceof DiskNodes.Directory) {
      return false;
    }
    parent.change(entry(name(path), new DiskNodes.Directory()));
    return true;
  }

  public byte[] read(String path) throws IOException {
    scheduler.step("read", path);
    return file(path).bytes.clone();
  }

  public @Nullable Stat stat(String path) {
    scheduler.step("stat", path);
    return node(path) instanceof DiskNodes.Inode file
        ? new Stat(file.bytes.length, file.modified, false)
        : node(path) instanceof DiskNodes.Directory ? new Stat(0, 0, true) : null;
  }

  /** Sets the modification time to now. */
  public void touch(String path) throws IOException {
    scheduler.step("touch", path);
    file(path).modified = scheduler.clock().storage();
  }

  /** Names in a directory, in several calls, in an order of the disk's own. */
  public List<String> list(String path) throws IOException {
    List<String> names = new ArrayList<>();
    int cursor = Integer.MIN_VALUE;
    while (true) {
      scheduler.step("readdir", path);
      int after = cursor;
      List<String> rest =
          directory(path).entries.keySet().stream()
              .filter(name -> hash(name) > after)
              .sorted(java.util.Comparator.comparingInt(DiskModel::hash))
              .toList();
      List<String> some = rest.subList(0, Math.min(ENTRIES_PER_CALL, rest.size()));
      names.addAll(some);
      if (some.size() == rest.size()) {
        return names;
      }
      cursor = hash(some.get(some.size() - 1));
    }
  }

  private static int hash(String name) {
    return name.hashCode() * 0x9E3779B9;
  }

  /** Loses any subset of what is not synced, as the choices want it. */
  public void cutPower() {
    root.cutPower(scheduler);
  }

  private static Map<String, DiskNodes.@Nullable Node> entry(
      String name, DiskNodes.@Nullable Node node) {
    Map<String, DiskNodes.@Nullable Node> change = new HashMap<>();
    change.put(name, node);
    return change;
  }

  private DiskNodes.@Nullable Node node(String path) {
    DiskNodes.Node node = root;
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        node = node instanceof DiskNodes.Directory directory ? directory.entries.get(name) : null;
      }
    }
    return node;
  }

  private DiskNodes.Inode file(String path) throws IOException {
    if (node(path) instanceof DiskNodes.Inode file) {
      return file;
    }
    throw new NoSuchFileException(path);
  }

  private DiskNodes.Directory directory(String path) throws IOException {
    if (node(path) instanceof DiskNodes.Directory directory) {
      return directory;
    }
    throw new FileNotFoundException(path);
  }

  private DiskNodes.Directory parent(String path) throws IOException {
    if (node(path.substring(0, Math.max(0, path.lastIndexOf('/'))))
        instanceof DiskNodes.Directory parent) {
      return parent;
    }
    throw new NoSuchFileException(path);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
