package io.goldennonce.simulation;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * HDFS: names are durable and atomic, as the name node has them in its log before it answers. A
 * file is in listings, empty, from the moment it is created. Its bytes survive a power cut of all
 * data nodes only if they were synced; closing a file does not sync it. A rename does not replace a
 * file, but returns false, unless it is told to overwrite.
 */
public final class HdfsModel extends StoreModel {
  public HdfsModel(Scheduler scheduler, int faultOneIn) {
    super("hdfs://cluster", scheduler, faultOneIn);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      @Nullable Progressable progress)
      throws IOException {
    Content content =
        call(
            "create",
            path,
            () -> {
              if (!overwrite && files.containsKey(key(path))) {
                throw new FileAlreadyExistsException(path.toString());
              }
              makeParents(path);
              Content created = new Content();
              created.modified = scheduler.clock().storage();
              files.put(key(path), created);
              return created;
            });
    return new FSDataOutputStream(new Pipeline(path, content), null);
  }

  private void makeParents(Path path) {
    for (Path each = path.getParent(); each != null; each = each.getParent()) {
      directories.add(key(each));
    }
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return call(
        "rename",
        from + " " + to,
        () -> {
          if (files.containsKey(key(to)) || !directories.contains(key(to.getParent()))) {
            return false;
          }
          Content content = files.remove(key(from));
          if (content == null) {
            return false;
          }
          files.put(key(to), content);
          return true;
        });
  }

  @Override
  @SuppressWarnings("deprecation")
  protected void rename(Path from, Path to, Rename... options) throws IOException {
    call(
        "rename",
        from + " " + to,
        () -> {
          if (!files.containsKey(key(from)) || !directories.contains(key(to.getParent()))) {
            throw new FileNotFoundException(from + " or the directory of " + to);
          }
          if (files.containsKey(key(to)) && !Arrays.asList(options).contains(Rename.OVERWRITE)) {
            throw new FileAlreadyExistsException(to.toString());
          }
          files.put(key(to), files.remove(key(from)));
          return true;
        });
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return call(
        "mkdir",
        path,
        () -> {
          makeParents(path);
          directories.add(key(path));
          return true;
        });
  }

  @Override
  public void cutPower() {
    files.forEach(
        (name, content) -> {
          if (!content.synced) {
            int kept = scheduler.choices().next(3);
            if (kept > 0) {
              scheduler.note("lost bytes of", name);
              content.bytes =
                  kept == 1 ? new byte[0] : Arrays.copyOf(content.bytes, content.bytes.length / 2);
            }
            content.synced = true;
          }
        });
  }

  private final class Pipeline extends ByteArrayOutputStream
      implements Syncable, StreamCapabilities {
    private final Path path;
    private final Content content;
    private boolean closed;

    Pipeline(Path path, Content content) {
      this.path = path;
      this.content = content;
    }

    @Override
    public void hflush() throws IOException {
      call("hflush", path, () -> flushed(false));
    }

    @Override
    public void hsync() throws IOException {
      call("hsync", path, () -> flushed(true));
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        call("close", path, () -> flushed(false));
      }
    }

    private boolean flushed(boolean synced) throws IOException {
      if (files.values().stream().noneMatch(each -> each == content)) {
        throw new FileNotFoundException("No lease on " + path + ": file does not exist");
      }
      boolean more = size() != content.bytes.length;
      content.synced = synced || (content.synced && !more);
      if (more) {
        content.bytes = stored(toByteArray());
      }
      content.modified = scheduler.clock().storage();
      return true;
    }

    @Override
    public boolean hasCapability(String capability) {
      return capability.equals("hsync") || capability.equals("hflush");
    }
  }
}
