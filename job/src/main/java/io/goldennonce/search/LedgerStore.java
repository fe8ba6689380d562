package io.goldennonce.search;

import java.util.List;

/** Where a search's ledger outlives its run. */
public interface LedgerStore {
  /** What earlier runs of the search have tried; rows of different runs may overlap. */
  List<LedgerRow> earlier();

  /**
   * Keeps what this run has tried, in place of what it kept before: all or nothing, whatever breaks
   * meanwhile.
   *
   * @param rows ascending and without overlap
   */
  void save(List<LedgerRow> rows);

  /** Keeps nothing. */
  static LedgerStore none() {
    return new LedgerStore() {
      @Override
      public List<LedgerRow> earlier() {
        return List.of();
      }

      @Override
      public void save(List<LedgerRow> rows) {}
    };
  }
}
