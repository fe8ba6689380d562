package io.goldennonce.table;

import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A stored file for Parquet's readers. What its stream throws because of the storage is a {@link
 * StorageException}; everything else that a reader throws is damage ({@link Damage}).
 *
 * <p>It asks the storage for windows of it: a small file is one, and the footer of a large one is
 * mostly in the last. So a small file costs one request on S3.
 */
public final class StoredInput implements InputFile {
  private static final int WINDOW = 1 << 18;

  private final Storage storage;
  private final StoredFile file;

  /** A file that was listed. */
  public StoredInput(Storage storage, StoredFile file) {
    this.storage = storage;
    this.file = file;
  }

  @Override
  public long getLength() {
    return file.length();
  }

  @Override
  public SeekableInputStream newStream() {
    Windows windows = new Windows();
    return new DelegatingSeekableInputStream(windows) {
      @Override
      public long getPos() {
        return windows.position;
      }

      @Override
      public void seek(long position) throws IOException {
        if (position < 0 || position > file.length()) {
          throw new EOFException(file.path() + " has " + file.length() + " bytes, not " + position);
        }
        windows.position = position;
      }
    };
  }

  @Override
  public String toString() {
    return file.path();
  }

  private final class Windows extends InputStream {
    private byte[] window = new byte[0];
    private long start;
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position >= file.length()) {
        return -1;
      }
      if (position < start || position >= start + window.length) {
        load(length);
      }
      int at = (int) (position - start);
      int count = Math.min(length, window.length - at);
      System.arraycopy(window, at, target, offset, count);
      position += count;
      return count;
    }

    private void load(int wanted) throws IOException {
      long from = Math.max(0, Math.min(position, file.length() - WINDOW));
      long to = Math.min(file.length(), Math.max(position + wanted, from + WINDOW));
      try {
        window = storage.read(file.path(), from, Math.toIntExact(to - from));
      } catch (FileNotFoundException e) {
        throw e;
      } catch (IOException e) {
        throw new StorageException(file.path(), e);
      }
      start = from;
    }
  }
}
