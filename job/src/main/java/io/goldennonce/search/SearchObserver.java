package io.goldennonce.search;

/**
 * Observes a running search, in the thread that runs it; so no method may take long. They may be
 * called several times per second.
 */
public interface SearchObserver {
  /** Where the search stands; the last time when its tasks are idle, just before it returns. */
  default void progress(SearchProgress progress) {}

  /**
   * There is a solution that the search ends with, each told once: as soon as it is confirmed, or,
   * where the lowest are asked for, once none below can be found any more. Those of earlier runs
   * come first.
   */
  default void found(Found solution) {}

  /** In a search for the lowest hash: there is a lower one than all before. */
  default void improved(Found lowest) {}
}
