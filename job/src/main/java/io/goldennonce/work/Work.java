package io.goldennonce.work;

import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import java.util.Map;

/** A search that somebody asks for, and where its solution goes. Used by one thread. */
public interface Work {
  /** What to search for. */
  SearchSpec search();

  /** What the progress line calls it. */
  String title();

  /**
   * Stops with {@link io.goldennonce.search.StopReason#OUTDATED} once nobody wants the solution any
   * more. Asked many times a second, so it looks at what others have found out and never waits.
   */
  StopSignal outdated();

  /**
   * Looks whether nobody wants the solution any more, and lets go of the work if so. Asked before a
   * search that was run before, maybe by a process that has handed its solution in: {@link
   * #outdated} tells only what is known already.
   *
   * @return whether there is nothing to search for
   */
  default boolean dropIfOutdated() {
    return false;
  }

  /**
   * Whether its source has more of the same once the whole keyspace is tried: with another time,
   * say.
   */
  default boolean isRenewed() {
    return false;
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
  default void begun() {}

  /**
   * Whether the same search may be asked for again, by a later process, too: only then is its
   * ledger worth keeping.
   */
  default boolean mayComeAgain() {
    return true;
  }

  /**
   * The search has ended. A solution that others wait for is handed in now; what takes long and can
   * wait is left to {@link #keep}.
   *
   * @return what to tell the user: values by the tables' column names, in the order to show them;
   *     empty where there is nothing to tell
   */
  Map<String, Object> ended(SearchResult result);

  /** The user has been told: keeps what is to be kept. Called once, after {@link #ended}. */
  void keep(SearchResult result);
}
