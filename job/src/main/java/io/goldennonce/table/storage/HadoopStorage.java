package io.goldennonce.table.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

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

  @Override
  FSDataInputStream open(String path, long length) throws IOException {
    try {
      return super.open(path, length);
    } catch (FileNotFoundException e) {
      return super.open(Retired.path(path), length);
    }
  }

  /** Large directories are listed in several requests, between which files may be retired. */
  @Override
  public List<StoredFile> list(String directory) throws IOException {
    return hooks.has(Safeguard.LIST_RETIRED)
        ? Retired.list(this, directory, () -> super.list(directory), this::find)
        : super.list(directory);
  }

  private @Nullable StoredFile find(String path) throws IOException {
    try {
      return stored(Retired.parent(path), files.getFileStatus(at(path)));
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public void retire(String path) throws IOException {
    Path retired = at(Retired.path(path));
    files.mkdirs(retired.getParent());
    try {
      if (!files.rename(at(path), retired)) {
        files.delete(at(path), false); // it was retired before, and published again
      }
    } catch (FileNotFoundException e) {
      // Another process has retired it.
    }
  }
}
