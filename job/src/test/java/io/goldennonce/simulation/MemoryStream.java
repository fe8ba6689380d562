package io.goldennonce.simulation;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;

/** A file in memory as Hadoop reads it. */
final class MemoryStream extends ByteArrayInputStream implements Seekable, PositionedReadable {
  MemoryStream(byte[] bytes) {
    super(bytes);
  }

  @Override
  public void seek(long position) throws IOException {
    if (position < 0 || position > count) {
      throw new IOException("Cannot seek to " + position + " of " + count);
    }
    pos = (int) position;
  }

  @Override
  public long getPos() {
    return pos;
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int length) {
    if (position >= count) {
      return -1;
    }
    int some = (int) Math.min(length, count - position);
    System.arraycopy(buf, (int) position, buffer, offset, some);
    return some;
  }

  @Override
  public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
    if (read(position, buffer, offset, length) < length) {
      throw new EOFException();
    }
  }

  @Override
  public void readFully(long position, byte[] buffer) throws IOException {
    readFully(position, buffer, 0, buffer.length);
  }
}
