package io.goldennonce.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hands out what is left of a keyspace, lowest positions first, in ranges as large as asked for, so
 * that a huge keyspace never becomes a huge list. Not thread-safe.
 */
public final class RangeDealer {
  /** Ranges that are not empty and do not overlap, by their first position. */
  private final TreeMap<Long, NonceRange> left = new TreeMap<>();

  private long size;

  /**
   * @param ranges what is left to do, ascending and without overlap
   */
  public RangeDealer(List<NonceRange> ranges) {
    ranges.forEach(this::giveBack);
  }

  /**
   * Takes the next range.
   *
   * @param most how many positions it shall hold, at least 1; the last one may hold fewer
   * @return the range, or nothing when all is dealt
   */
  public Optional<NonceRange> next(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a range must hold at least 1 position, got " + most);
    }
    Map.Entry<Long, NonceRange> first = left.pollFirstEntry();
    if (first == null) {
      return Optional.empty();
    }
    NonceRange head = first.getValue();
    size -= head.size();
    long to = head.size() <= most ? head.to() : head.from() + most;
    giveBack(new NonceRange(to, head.to()));
    return Optional.of(new NonceRange(head.from(), to));
  }

  /** Puts a range back, to be dealt again before all above it. */
  public void giveBack(NonceRange range) {
    if (!range.isEmpty()) {
      left.put(range.from(), range);
      size += range.size();
    }
  }

  /** Takes out every position at or above a limit. */
  public void cutAt(long limit) {
    List<NonceRange> whole = List.copyOf(left.values());
    left.clear();
    size = 0;
    for (NonceRange range : whole) {
      if (range.from() < limit) {
        giveBack(new NonceRange(range.from(), Math.min(range.to(), limit)));
      }
    }
  }

  public boolean isEmpty() {
    return left.isEmpty();
  }

  /** How many positions are left to deal. */
  public long size() {
    return size;
  }
}
