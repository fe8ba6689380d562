package io.goldennonce.search;

import java.io.Serializable;

/**
 * A half-open interval of positions: a keyspace or a part of one.
 *
 * @param from the first position, 0 or more
 * @param to the position after the last, at least {@code from}
 */
public record NonceRange(long from, long to) implements Serializable {
  public NonceRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a range must run from 0 or more to no less than that, got [" + from + ", " + to + ")");
    }
  }

  public long size() {
    return to - from;
  }

  public boolean contains(long position) {
    return from <= position && position < to;
  }

  public boolean isEmpty() {
    return from == to;
  }
}
