package io.goldennonce.spark;

import io.goldennonce.search.SearchResult;

/**
 * A search that has ended: its tasks are idle, and its ledger is yet to be saved, which {@link
 * #close} does. So a solution can be delivered before anything that may fail or take long.
 */
public interface CompletedSearch extends AutoCloseable {
  SearchResult result();

  /**
   * Saves the ledger.
   *
   * @throws SearchFailedException if that fails and the search may be resumed; of one that has
   *     found its solution, which needs the ledger no more, it is logged
   */
  @Override
  void close() throws InterruptedException;
}
