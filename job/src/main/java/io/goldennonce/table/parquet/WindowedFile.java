package io.goldennonce.table.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file for Parquet's readers, fetched in windows: a small file is one, and the footer of a large
 * one is mostly in the last. So a small file costs one request on S3.
 */
public final class WindowedFile implements InputFile {
  private static final int WINDOW = 1 << 18;

  private final String name;
  private final long length;
  private final Source source;

  /** Where its bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** Reads bytes, all of which are there. */
    byte[] read(long from, int length) throws IOException;
  }

  /**
   * @param name for messages
   * @param length in bytes
   */
  public WindowedFile(String name, long length, Source source) {
    this.name = name;
    this.length = length;
    this.source = source;
  }

  @Override
  public long getLength() {
    return length;
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
        if (position < 0 || position > length) {
          throw new EOFException(name + " has " + length + " bytes, not " + position);
        }
        windows.position = position;
      }
    };
  }

  @Override
  public String toString() {
    return name;
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
    public int read(byte[] target, int offset, int count) throws IOException {
      if (position >= length) {
        return count == 0 ? 0 : -1;
      }
      if (position < start || position >= start + window.length) {
        long from = Math.max(0, Math.min(position, length - WINDOW));
        long to = Math.min(length, Math.max(position + count, from + WINDOW));
        window = source.read(from, Math.toIntExact(to - from));
        start = from;
      }
      int at = (int) (position - start);
      int read = Math.min(count, window.length - at);
      System.arraycopy(window, at, target, offset, read);
      position += read;
      return read;
    }
  }
}
