package io.goldennonce.monitor;

import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;

/** Shows somebody how a search goes, and what it came to. */
public interface SearchReporter extends SearchObserver {
  /**
   * The search has ended, and its result is not yet delivered. Called once in the thread that ran
   * it, unless the search fails.
   */
  default void ended(SearchResult result) {}
}
