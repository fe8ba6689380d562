package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Allocates what is left of a keyspace, lowest positions first, in ranges as large as asked for. It
 * holds intervals and no list of ranges, so a keyspace of 2⁶³ positions costs as little memory as
 * one of ten. Not thread-safe.
 */
public final class RangeAllocator {
  /** Intervals that are not empty, do not overlap and do not touch, by their first position. */
  private final TreeMap<Long, NonceRange> left = new TreeMap<>();

  private long size;

  /**
   * @param ranges what is left to do
   */
  public RangeAllocator(List<NonceRange> ranges) {
    ranges.forEach(this::giveBack);
  }

  /**
   * Takes the next range.
   *
   * @param most how many positions it may hold, at least 1
   * @return the range, or nothing when all is allocated
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
    long to = head.size() <= most ? head.to() : head.from() + most;
    if (to < head.to()) {
      left.put(to, new NonceRange(to, head.to()));
    }
    size -= to - head.from();
    return Optional.of(new NonceRange(head.from(), to));
  }

  /** Adds positions, to be allocated before all above them; those that are there stay. */
  public void giveBack(NonceRange range) {
    if (range.isEmpty()) {
      return;
    }
    long from = range.from();
    long to = range.to();
    Map.Entry<Long, NonceRange> near = left.floorEntry(to);
    while (near != null && near.getValue().to() >= from) {
      left.remove(near.getKey());
      size -= near.getValue().size();
      from = Math.min(from, near.getValue().from());
      to = Math.max(to, near.getValue().to());
      near = left.floorEntry(to);
    }
    left.put(from, new NonceRange(from, to));
    size += to - from;
  }

  /** Takes out every position at or above a limit. */
  public void cutAt(long limit) {
    while (!left.isEmpty() && left.lastEntry().getValue().to() > limit) {
      NonceRange last = left.pollLastEntry().getValue();
      size -= last.size();
      if (last.from() < limit) {
        giveBack(new NonceRange(last.from(), limit));
      }
    }
  }

  public boolean isEmpty() {
    return left.isEmpty();
  }

  /** How many positions are left to allocate. */
  public long size() {
    return size;
  }
}
