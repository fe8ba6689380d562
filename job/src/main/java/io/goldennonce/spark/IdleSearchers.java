package io.goldennonce.spark;

import io.goldennonce.search.RangeSearcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what the tasks of one run have prepared for the tasks that come after them in this JVM: a
 * kernel takes milliseconds to fill its memory and to find its speed. A task of another run lets go
 * of it all, so there is never more than one run's, and no more than there are tasks at once.
 */
final class IdleSearchers {
  /** By the kernel asked for, which names the device if there are several. */
  private static final Map<String, Deque<RangeSearcher>> IDLE = new HashMap<>();

  private static String owner = "";

  private IdleSearchers() {}

  /** Takes one of a run's, which has forgotten all but what it has prepared. */
  static synchronized Optional<RangeSearcher> take(String run, String kernel) {
    if (!owner.equals(run)) {
      IDLE.clear();
      owner = run;
    }
    Optional<RangeSearcher> searcher =
        idle(kernel).flatMap(idle -> Optional.ofNullable(idle.pollFirst()));
    searcher.ifPresent(RangeSearcher::forgetBest);
    return searcher;
  }

  /** Gives back what a task of a run needs no more. */
  static synchronized void giveBack(String run, String kernel, RangeSearcher searcher) {
    if (owner.equals(run)) {
      IDLE.computeIfAbsent(kernel, key -> new ArrayDeque<>()).addFirst(searcher);
    }
  }

  private static Optional<Deque<RangeSearcher>> idle(String kernel) {
    return Optional.ofNullable(IDLE.get(kernel));
  }
}
