package io.goldennonce.work;

import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;

/**
 * A search that somebody asks for, and where its solution goes. Used by one thread, in this order:
 *
 * <ol>
 *   <li>{@link #isResumable} is asked first. If the search has a ledger and another process is at
 *       it, {@link #giveWay} is the last call. If the ledger says that the search was run before,
 *       {@link #dropIfOutdated} is asked, and is the last call where it says true.
 *   <li>{@link #search}, {@link #title} and {@link #outdated} are what is searched; the stop signal
 *       is asked all the time, and {@link #found} told each solution.
 *   <li>{@link #deliver} is called once, when all tasks are idle and before the ledger is saved for
 *       the last time. It is not called of a search that failed.
 * </ol>
 */
public interface Work {
  SearchSpec search();

  /** What the progress line calls it. */
  String title();

  /**
   * Stops with {@link io.goldennonce.search.StopReason#OUTDATED} once nobody wants the solution any
   * more. Asked many times per second, so it looks at what others have found out and never waits.
   */
  StopSignal outdated();

  /**
   * Whether the same search may be asked for again, by a later process, too: only then is its
   * ledger worth saving.
   */
  default boolean isResumable() {
    return true;
  }

  /**
   * Somebody else is at this very search: makes the source's next work another one.
   *
   * @return false if it can't
   */
  default boolean giveWay() {
    return false;
  }

  /**
   * Whether this process has just made the search up, so that no earlier run can have left a ledger
   * of it.
   */
  default boolean isNew() {
    return false;
  }

  /** Called before the first checkpoint of the search: keeps what it takes to resume it. */
  default void started() {}

  /**
   * A solution was found, while the search goes on or has just ended: for work whose solutions are
   * handed in one by one. Called in the thread that runs the search, once for each.
   */
  default void found(Solution solution) {}

  /**
   * Looks whether nobody wants the solution any more, and lets go of the work if so. Asked before a
   * search that was run before, maybe by a process that has delivered its solution: {@link
   * #outdated} says only what is known already.
   *
   * @return whether there is nothing to search for
   */
  default boolean dropIfOutdated() {
    return false;
  }

  /**
   * Delivers what the search came to: submits or stores the solution, if there is one.
   *
   * @return what to print, and whether to ask the source for more work
   * @throws DeliveryFailedException if a solution was found but could not be stored: it holds what
   *     to print all the same
   */
  Delivery deliver(SearchResult result);
}
