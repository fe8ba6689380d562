package io.goldennonce.work;

import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;

/**
 * A requested search and the destination of its solution. Used by one thread, in this order:
 *
 * <ol>
 *   <li>{@link #isResumable} is called first. If the search has a ledger and another process runs
 *       it, {@link #giveWay} is the last call. If the search was run before according to its
 *       ledger, {@link #dropIfOutdated} is called, and is the last call if it returns true.
 *   <li>{@link #search}, {@link #title} and {@link #outdated} describe the search; the stop signal
 *       is polled, and {@link #found} receives each solution.
 *   <li>{@link #deliver} is called once, when all tasks are idle and before the ledger is saved for
 *       the last time. It is not called for a search that failed.
 * </ol>
 */
public interface Work {
  SearchSpec search();

  /** Returns the title for the progress line. */
  String title();

  /**
   * Stops with {@link io.goldennonce.search.StopReason#OUTDATED} once the solution is no longer
   * wanted. Polled many times per second, so it returns what is known and never waits.
   */
  StopSignal outdated();

  /** Whether a later process may run the same search; only then is its ledger worth saving. */
  default boolean isResumable() {
    return true;
  }

  /**
   * Makes the source's next work another search, because another process runs this one.
   *
   * @return false if it can't
   */
  default boolean giveWay() {
    return false;
  }

  /**
   * Whether this process has just created the search, so that no earlier run can have a ledger of
   * it.
   */
  default boolean isNew() {
    return false;
  }

  /** Called before the first checkpoint of the search: saves what is needed to resume it. */
  default void started() {}

  /**
   * Takes a solution while the search continues or has just ended, for work whose solutions are
   * submitted one by one. Called in the thread that runs the search, once for each.
   */
  default void found(Solution solution) {}

  /**
   * Checks whether the solution is no longer wanted, and drops the work if so. Called before a
   * search that was run before, perhaps by a process that has delivered its solution: {@link
   * #outdated} only returns what is already known.
   *
   * @return whether there is nothing to search for
   */
  default boolean dropIfOutdated() {
    return false;
  }

  /**
   * Delivers the result: submits or stores the solution, if there is one.
   *
   * @return what to print, and whether to ask the source for more work
   * @throws DeliveryFailedException if a solution was found but could not be stored; it holds what
   *     to print nevertheless
   */
  Delivery deliver(SearchResult result);
}
