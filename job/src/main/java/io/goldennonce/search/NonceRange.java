package io.goldennonce.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * Returns the parts of this range that lie in none of others, ascending and not empty.
   *
   * @param others ascending by their first position; may overlap each other and end outside
   */
  public List<NonceRange> without(Iterable<NonceRange> others) {
    List<NonceRange> left = new ArrayList<>();
    long reached = from;
    for (NonceRange other : others) {
      if (reached < to && reached < other.from) {
        left.add(new NonceRange(reached, Math.min(other.from, to)));
      }
      reached = Math.max(reached, other.to);
    }
    if (reached < to) {
      left.add(new NonceRange(reached, to));
    }
    return left;
  }
}
