package io.goldennonce.pool;

import io.goldennonce.base.Sha256Digest;
import io.goldennonce.pow.Hash256;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Splits bytes into lines, holding at most a limited part of each line. */
final class LineReader {
  private final InputStream in;
  private final int maxBytes;
  private long offset;
  private boolean broken;

  /**
   * @param offset of the stream's first byte
   * @param maxBytes maximum number of bytes to hold of a line
   */
  LineReader(InputStream in, long offset, int maxBytes) {
    this.in = new BufferedInputStream(in);
    this.offset = offset;
    this.maxBytes = maxBytes;
  }

  /** The next line, with or without a line break at its end; empty at the end of the stream. */
  Optional<Line> next() throws IOException {
    long start = offset;
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    MessageDigest hash = Sha256Digest.create();
    long length = 0;
    broken = false;
    boolean returned = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      offset++;
      if (b == '\n') {
        broken = true;
        break;
      }
      // A carriage return is part of the line break only right before it.
      int waiting = returned ? 1 : 0;
      returned = b == '\r';
      for (int i = 0; i < waiting + (returned ? 0 : 1); i++) {
        int one = i < waiting ? '\r' : b;
        length++;
        hash.update((byte) one);
        if (kept.size() < maxBytes) {
          kept.write(one);
        }
      }
    }
    if (offset == start) {
      return Optional.empty();
    }
    byte[] twice = Sha256Digest.create().digest(hash.digest());
    return Optional.of(new Line(start, kept.toByteArray(), length, Hash256.ofBytes(twice)));
  }

  /** Whether the last line returned ended with a line break. */
  boolean isBroken() {
    return broken;
  }

  long offset() {
    return offset;
  }
}
