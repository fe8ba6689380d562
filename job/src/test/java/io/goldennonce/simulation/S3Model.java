package io.goldennonce.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * S3 as S3A shows it, without conditional writes: a whole object appears when its stream is closed,
 * the last writer wins, it is durable at once and in every listing that begins later. A rename
 * copies and deletes. A stream that is closed after a failed write publishes what it has.
 */
public final class S3Model extends StoreModel {
  public S3Model(Scheduler scheduler, int faultOneIn) {
    super("s3a://bucket", scheduler, faultOneIn);
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
    if (!overwrite) {
      call(
          "head",
          path,
          () -> {
            if (files.containsKey(key(path))) {
              throw new FileAlreadyExistsException(path.toString());
            }
            return true;
          });
    }
    return new FSDataOutputStream(new Upload(path), null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    Content content = files.get(key(from));
    if (content == null) {
      return false;
    }
    put(to, content.bytes);
    return delete(from, false);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return call(
        "mkdir",
        path,
        () -> {
          directories.add(key(path));
          return true;
        });
  }

  private void put(Path path, byte[] bytes) throws IOException {
    call(
        "PUT",
        path,
        () -> {
          Content content = new Content();
          content.bytes = stored(bytes);
          content.modified = scheduler.clock().storage() / 1000 * 1000; // in full seconds
          files.put(key(path), content);
          return true;
        });
  }

  private final class Upload extends ByteArrayOutputStream
      implements Abortable, StreamCapabilities {
    private final Path path;
    private boolean closed;

    Upload(Path path) {
      this.path = path;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        put(path, toByteArray());
      }
    }

    @Override
    public AbortableResult abort() {
      boolean already = closed;
      closed = true;
      return new AbortableResult() {
        @Override
        public boolean alreadyClosed() {
          return already;
        }

        @Override
        public @Nullable IOException anyCleanupException() {
          return null;
        }
      };
    }

    @Override
    public boolean hasCapability(String capability) {
      return false;
    }
  }
}
