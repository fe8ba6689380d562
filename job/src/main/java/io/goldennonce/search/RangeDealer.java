package io.goldennonce.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Hands out what is left of a keyspace, lowest positions first, in ranges as large as asked for, so
 * that a huge keyspace never becomes a huge list. Not thread-safe.
 */
public final class RangeDealer {
  private final Deque<NonceRange> left = new ArrayDeque<>();

  public RangeDealer(NonceRange keyspace) {
    giveBack(keyspace);
  }

  /**
   * Takes the next range.
   *
   * @param size how many positions it shall hold, at least 1; the last one may hold fewer
   * @return the range, or nothing when all is dealt
   */
  public Optional<NonceRange> next(long size) {
    if (size < 1) {
      throw new IllegalArgumentException("a range must hold at least 1 position, got " + size);
    }
    NonceRange head = left.pollFirst();
    if (head == null) {
      return Optional.empty();
    }
    long to = head.size() <= size ? head.to() : head.from() + size;
    giveBack(new NonceRange(to, head.to()));
    return Optional.of(new NonceRange(head.from(), to));
  }

  /** Puts a range back, to be dealt next. */
  public void giveBack(NonceRange range) {
    if (!range.isEmpty()) {
      left.addFirst(range);
    }
  }

  /** Takes out every position at or above a limit. */
  public void cutAt(long limit) {
    int ranges = left.size();
    for (int i = 0; i < ranges; i++) {
      NonceRange range = left.removeFirst();
      long to = Math.min(range.to(), limit);
      if (range.from() < to) {
        left.addLast(new NonceRange(range.from(), to));
      }
    }
  }

  public boolean isEmpty() {
    return left.isEmpty();
  }
}
