package io.goldennonce.spark;

import io.goldennonce.search.RangeSearcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pools the searchers of one run for later tasks in this JVM, since a kernel takes milliseconds to
 * fill its memory and reach its speed. A task of another run empties the pool, so it never holds
 * those of more than one run, nor more than there are concurrent tasks.
 */
final class IdleSearchers {
  /** By requested kernel, which names the device if there are several. */
  private static final Map<String, Deque<RangeSearcher>> IDLE = new HashMap<>();

  private static String owner = "";

  private IdleSearchers() {}

  /** Takes a searcher of a run. */
  static synchronized Optional<RangeSearcher> take(String run, String kernel) {
    if (!owner.equals(run)) {
      IDLE.clear();
      owner = run;
    }
    Deque<RangeSearcher> idle = IDLE.getOrDefault(kernel, new ArrayDeque<>());
    return Optional.ofNullable(idle.pollFirst());
  }

  /** Returns a searcher that a task no longer needs. */
  static synchronized void giveBack(String run, String kernel, RangeSearcher searcher) {
    if (owner.equals(run)) {
      IDLE.computeIfAbsent(kernel, key -> new ArrayDeque<>()).addFirst(searcher);
    }
  }
}
