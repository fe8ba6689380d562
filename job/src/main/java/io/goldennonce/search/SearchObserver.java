package io.goldennonce.search;

/**
 * Observes a running search. Methods are called several times per second, in the search's thread,
 * and must return quickly.
 */
public interface SearchObserver {
  /** Reports progress, for the last time when all tasks are idle before the search returns. */
  default void progress(SearchProgress progress) {}

  /**
   * Reports each final solution once: as soon as it is confirmed or, in a search for the lowest
   * nonces, once no lower one can be found. Those of earlier runs come first.
   */
  default void found(Solution solution) {}

  /** Reports a new lowest hash, in a search for the lowest hash. */
  default void improved(Solution lowest) {}

  /** Reports a save of the ledger, in another thread and possibly after the search returned. */
  default void ledgerSaved() {}
}
