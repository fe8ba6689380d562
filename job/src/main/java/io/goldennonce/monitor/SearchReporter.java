package io.goldennonce.monitor;

import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;

/** Reports a search's progress and result. */
public interface SearchReporter extends SearchObserver {
  /**
   * Reports the result, before it is delivered. Called once in the thread that ran the search,
   * unless the search fails.
   */
  default void ended(SearchResult result) {}
}
