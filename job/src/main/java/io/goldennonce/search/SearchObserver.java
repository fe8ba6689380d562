package io.goldennonce.search;

/**
 * Is told what happens in a search, in the thread that runs it; so it must not take long. It may be
 * called several times a second.
 */
public interface SearchObserver {
  /** Where the search stands. */
  default void progress(SearchProgress progress) {}

  /** In a search for the lowest hash: there is a lower one than all before. */
  default void improved(Found lowest) {}

  /**
   * The search has ended and its tasks are idle; its ledger is yet to be kept. Called once, unless
   * the search fails.
   */
  default void ended(SearchResult result) {}
}
