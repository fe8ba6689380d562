package io.goldennonce.table.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on HDFS, or another file system of Hadoop's whose rename is atomic. A published file is
 * written under a temporary name, synced to the disks of all its replicas ({@code hsync}), closed
 * and renamed; the name node logs the rename durably before it answers. (It syncs the last block of
 * a file, and our files have one.)
 */
final class HadoopStorage extends HadoopFiles {
  HadoopStorage(FileSystem files, Path root, Hooks hooks) {
    super(files, root, hooks);
  }

  @Override
  public void publish(String path, byte[] content) throws IOException {
    Path target = at(path);
    Path staging = new Path(target.getParent(), "_staging-" + hooks.ids().get());
    try {
      create(staging, content, false, hooks.has(Safeguard.SYNC_FILE));
      // It refuses a name in use: then the same was published before.
      if (!files.rename(staging, target) && !files.exists(target)) {
        throw new IOException("could not rename " + staging + " to " + target);
      }
    } finally {
      files.delete(staging, false);
    }
  }

  /** The name node replaces a file in one step; what is in it follows. */
  @Override
  public void put(String path, byte[] content) throws IOException {
    create(at(path), content, true, false);
  }

  @Override
  public byte[] read(String path) throws IOException {
    try {
      return super.read(path);
    } catch (FileNotFoundException e) {
      return super.read(retired(path));
    }
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    try {
      return super.read(path, from, length);
    } catch (FileNotFoundException e) {
      return super.read(retired(path), from, length);
    }
  }

  /** Large directories are listed in several requests, between which files may be retired. */
  @Override
  public List<StoredFile> list(String directory) throws IOException {
    String old = path(directory, RETIRED);
    Set<String> before = new HashSet<>(names(old));
    List<StoredFile> listed = new ArrayList<>(super.list(directory));
    if (!hooks.has(Safeguard.LIST_RETIRED)) {
      return listed;
    }
    Set<String> seen = listed.stream().map(StoredFile::name).collect(Collectors.toSet());
    for (FileStatus status : statuses(old)) {
      String name = status.getPath().getName();
      if (status.isFile() && !before.contains(name) && seen.add(name)) {
        listed.add(stored(directory, status));
      }
    }
    return listed;
  }

  @Override
  public void retire(String path) throws IOException {
    Path retired = at(retired(path));
    files.mkdirs(retired.getParent());
    try {
      if (!files.rename(at(path), retired)) {
        files.delete(at(path), false); // it was retired before, and published again
      }
    } catch (FileNotFoundException e) {
      // Another process has retired it.
    }
  }

  private static String retired(String path) {
    int slash = path.lastIndexOf('/');
    return path(path(path.substring(0, Math.max(0, slash)), RETIRED), path.substring(slash + 1));
  }
}
