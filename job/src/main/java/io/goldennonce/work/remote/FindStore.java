package io.goldennonce.work.remote;

import java.util.List;

/**
 * Stores solutions until there is a verdict, so that a later process can submit them.
 *
 * @param <T> a solution with its verdict
 */
public interface FindStore<T> {
  /** Saves a solution; one with a verdict replaces the pending one. Durable on return. */
  void save(T found);

  /** Returns the solutions without a verdict, the earliest found first. */
  List<T> pending();
}
