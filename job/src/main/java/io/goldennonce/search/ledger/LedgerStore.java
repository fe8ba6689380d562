package io.goldennonce.search.ledger;

import io.goldennonce.search.StopSignal;
import java.util.List;

/** Durable storage of a search's ledger. */
public interface LedgerStore extends AutoCloseable {
  /** Returns the rows of earlier runs of the search, which may overlap. */
  List<LedgerRow> earlier();

  /**
   * Saves this run's rows atomically, in place of those that it saved before.
   *
   * @param rows ascending and disjoint
   */
  void save(List<LedgerRow> rows);

  /**
   * Whether to save the ledger even of a run that finds its solution before the first checkpoint
   * and will not be resumed.
   */
  boolean wantsShortRuns();

  /** Whether it stores anything. */
  default boolean isDurable() {
    return true;
  }

  /** Releases the search for other processes. */
  @Override
  default void close() {}

  /** Stops the search as outdated once another process has taken over its ledger. */
  default StopSignal lost() {
    return StopSignal.never();
  }

  /** Returns a store that discards everything. */
  static LedgerStore none() {
    return new LedgerStore() {
      @Override
      public List<LedgerRow> earlier() {
        return List.of();
      }

      @Override
      public void save(List<LedgerRow> rows) {}

      @Override
      public boolean wantsShortRuns() {
        return false;
      }

      @Override
      public boolean isDurable() {
        return false;
      }
    };
  }
}
