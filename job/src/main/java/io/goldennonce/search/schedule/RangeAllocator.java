package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Allocates the rest of a keyspace in ranges of the requested size, lowest positions first. It
 * stores intervals rather than ranges, so a keyspace of 2⁶³ positions takes as little memory as one
 * of ten. Not thread-safe.
 */
public final class RangeAllocator {
  /** Non-empty intervals that neither overlap nor touch, by first position. */
  private final TreeMap<Long, NonceRange> remaining = new TreeMap<>();

  private long size;

  public RangeAllocator(List<NonceRange> ranges) {
    ranges.forEach(this::giveBack);
  }

  /**
   * Allocates the next range.
   *
   * @param most maximum number of positions, at least 1
   * @return empty if all positions are allocated
   */
  public Optional<NonceRange> next(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a range must hold at least 1 position, got " + most);
    }
    Map.Entry<Long, NonceRange> first = remaining.pollFirstEntry();
    if (first == null) {
      return Optional.empty();
    }
    NonceRange head = first.getValue();
    long to = head.size() <= most ? head.to() : head.from() + most;
    if (to < head.to()) {
      remaining.put(to, new NonceRange(to, head.to()));
    }
    size -= to - head.from();
    return Optional.of(new NonceRange(head.from(), to));
  }

  /** Returns positions to be allocated again. Has no effect on those that are not allocated. */
  public void giveBack(NonceRange range) {
    if (range.isEmpty()) {
      return;
    }
    long from = range.from();
    long to = range.to();
    Map.Entry<Long, NonceRange> near = remaining.floorEntry(to);
    while (near != null && near.getValue().to() >= from) {
      remaining.remove(near.getKey());
      size -= near.getValue().size();
      from = Math.min(from, near.getValue().from());
      to = Math.max(to, near.getValue().to());
      near = remaining.floorEntry(to);
    }
    remaining.put(from, new NonceRange(from, to));
    size += to - from;
  }

  /** Removes all positions at or above a limit. */
  public void cutAt(long limit) {
    while (!remaining.isEmpty() && remaining.lastEntry().getValue().to() > limit) {
      NonceRange last = remaining.pollLastEntry().getValue();
      size -= last.size();
      if (last.from() < limit) {
        giveBack(new NonceRange(last.from(), limit));
      }
    }
  }

  public boolean isEmpty() {
    return remaining.isEmpty();
  }

  /** Returns the number of positions left to allocate. */
  public long size() {
    return size;
  }
}
