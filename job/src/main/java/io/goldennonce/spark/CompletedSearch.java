package io.goldennonce.spark;

import io.goldennonce.search.SearchResult;

/**
 * A search that has ended: its tasks are idle, but its ledger is saved only by {@link #close}. So a
 * solution can be delivered before anything that may fail or take long.
 */
public interface CompletedSearch extends AutoCloseable {
  SearchResult result();

  /**
   * Saves the ledger.
   *
   * @throws SearchFailedException if that fails and the search may be resumed; after a solution is
   *     found the failure is only logged
   */
  @Override
  void close() throws InterruptedException;
}
