package io.goldennonce.api;

/**
 * Observes a running search. Its methods are called in the search's thread, one at a time, and must
 * return quickly. An exception from them ends the search with {@link SearchFailedException}.
 */
public interface SearchListener {
  /** Receives the progress several times per second, for the last time at the end. */
  default void progress(SearchProgress progress) {}

  /**
   * Receives each solution once, as soon as it is confirmed; in a search for the lowest nonces, as
   * soon as no lower one can be found.
   */
  default void found(Solution solution) {}
}
