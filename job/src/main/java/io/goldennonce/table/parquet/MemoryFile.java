package io.goldennonce.table.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file in memory, to write or to read. */
final class MemoryFile implements OutputFile, InputFile {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final byte[] content;

  /** A file to write. */
  MemoryFile() {
    this(new byte[0]);
  }

  /** A file to read; the array must not change meanwhile. */
  MemoryFile(byte[] content) {
    this.content = content;
  }

  /** What was written. */
  byte[] bytes() {
    return written.toByteArray();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return createOrOverwrite(blockSizeHint);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    written.reset();
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return written.size();
      }

      @Override
      public void write(int value) {
        written.write(value);
      }

      @Override
      public void write(byte[] source, int from, int length) {
        written.write(source, from, length);
      }
    };
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public long getLength() {
    return content.length;
  }

  @Override
  public SeekableInputStream newStream() {
    Window window = new Window(content);
    return new DelegatingSeekableInputStream(window) {
      @Override
      public long getPos() {
        return window.position();
      }

      @Override
      public void seek(long position) throws IOException {
        window.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return "the content";
  }

  private static final class Window extends ByteArrayInputStream {
    Window(byte[] content) {
      super(content);
    }

    int position() {
      return pos;
    }

    void seek(long position) throws IOException {
      if (position < 0 || position > count) {
        throw new EOFException("the file has " + count + " bytes, not " + position);
      }
      pos = (int) position;
    }
  }
}
