package io.goldennonce.spark;

import io.goldennonce.search.RangeSearcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Keeps what the tasks of one run have prepared for the tasks that come after them in this JVM: a
 * kernel takes milliseconds to fill its memory and to find its speed. A task of another run lets go
 * of it all, so there is never more than one run's, and no more than there are tasks at once.
 */
final class IdleSearchers {
  private static final Deque<RangeSearcher> IDLE = new ArrayDeque<>();

  private static String owner = "";

  private IdleSearchers() {}

  /** Takes one of a run's, which has forgotten all but what it has prepared. */
  static synchronized Optional<RangeSearcher> take(String run) {
    if (!owner.equals(run)) {
      IDLE.clear();
      owner = run;
    }
    Optional<RangeSearcher> searcher = Optional.ofNullable(IDLE.pollFirst());
    searcher.ifPresent(RangeSearcher::forgetBest);
    return searcher;
  }

  /** Gives back what a task of a run needs no more. */
  static synchronized void giveBack(String run, RangeSearcher searcher) {
    if (owner.equals(run)) {
      IDLE.addFirst(searcher);
    }
  }
}
