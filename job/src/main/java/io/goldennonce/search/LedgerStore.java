package io.goldennonce.search;

import java.util.List;

/** Where a search's ledger outlives its run. */
public interface LedgerStore extends AutoCloseable {
  /** What earlier runs of the search have tried; rows of different runs may overlap. */
  List<LedgerRow> earlier();

  /**
   * Keeps what this run has tried, in place of what it kept before: all or nothing, whatever breaks
   * meanwhile.
   *
   * @param rows ascending and without overlap
   */
  void save(List<LedgerRow> rows);

  /**
   * Whether to keep the ledger of a run, too, that found a solution before its first checkpoint,
   * where nothing will ever be resumed.
   */
  boolean wantsShortRuns();

  /** Whether it keeps anything at all. */
  default boolean isKept() {
    return true;
  }

  /** Lets other processes run the search. */
  @Override
  default void close() {}

  /** Stops a search as outdated once another process has taken over its ledger. */
  default StopSignal lost() {
    return StopSignal.never();
  }

  /** Keeps nothing. */
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
      public boolean isKept() {
        return false;
      }
    };
  }
}
