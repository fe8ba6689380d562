package io.goldennonce.table;

import io.goldennonce.base.Sha256Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a file holds rows of: one append, or one version of a key.
 *
 * @param id of the append or the key
 * @param version of the key; 0 in a table without versions
 * @param rows how many; {@link #UNCOUNTED} for all rows of a file that holds one origin
 */
record Origin(Id id, int version, int rows) {
  static final int UNCOUNTED = -1;

  /**
   * In a merged file's footer: its origins in the order of their rows, 24 bytes each, in Base64.
   */
  static final String FOOTER_KEY = "golden-nonce.origins";

  private static final int BYTES = 24;

  /**
   * The first 128 bits of SHA-256 of a name. Names may hold what a stranger has chosen (the hash of
   * a block), so that fewer bits would let him make two that count as one.
   */
  record Id(long high, long low) {
    static Id of(String name) {
      byte[] hash = Sha256Digest.create().digest(name.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      return new Id(bytes.getLong(), bytes.getLong());
    }
  }

  Origin withRows(int count) {
    return new Origin(id, version, count);
  }

  static String encode(List<Origin> origins) {
    ByteBuffer bytes = ByteBuffer.allocate(origins.size() * BYTES);
    for (Origin origin : origins) {
      bytes.putLong(origin.id.high).putLong(origin.id.low);
      bytes.putInt(origin.version).putInt(origin.rows);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads a footer's list.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  static List<Origin> decode(String footer) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(footer));
    if (bytes.remaining() == 0 || bytes.remaining() % BYTES != 0) {
      throw new IllegalArgumentException(
          "a list of origins must have 24 bytes for each, got " + bytes.remaining());
    }
    List<Origin> origins = new ArrayList<>();
    while (bytes.hasRemaining()) {
      Id id = new Id(bytes.getLong(), bytes.getLong());
      Origin origin = new Origin(id, bytes.getInt(), bytes.getInt());
      if (origin.version < 0 || origin.rows < 0) {
        throw new IllegalArgumentException("an origin's version and rows must be 0 or more");
      }
      origins.add(origin);
    }
    return origins;
  }
}
