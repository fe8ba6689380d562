package io.goldennonce.pool;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Recognizes a file by the bytes that were read from it: the first and the last of them, up to 64
 * KiB each.
 */
final class ReadBytes {
  private static final int WINDOW = 1 << 16;

  private byte[] head = new byte[0];
  private byte[] tail = new byte[0];
  private long tailOffset;

  /**
   * Remembers the bytes before an offset.
   *
   * @param end the offset up to which the file was read
   */
  void remember(FSDataInputStream file, long end) throws IOException {
    if (head.length < Math.min(WINDOW, end)) {
      head = read(file, 0, (int) Math.min(WINDOW, end));
    }
    tailOffset = Math.max(0, end - WINDOW);
    tail = read(file, tailOffset, (int) (end - tailOffset));
  }

  /** Whether a file has the same bytes at the same offsets. */
  boolean isIn(FSDataInputStream file) throws IOException {
    try {
      return Arrays.equals(head, read(file, 0, head.length))
          && Arrays.equals(tail, read(file, tailOffset, tail.length));
    } catch (EOFException e) {
      return false;
    }
  }

  private static byte[] read(FSDataInputStream file, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.readFully(offset, bytes);
    return bytes;
  }
}
