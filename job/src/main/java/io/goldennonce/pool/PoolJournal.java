package io.goldennonce.pool;

import io.goldennonce.pow.Hash256;
import java.util.List;
import java.util.Set;

/** Records what was read from pools, so that it is reported once. */
public interface PoolJournal {
  /** Ids of the transactions seen in a pool so far. */
  Set<Hash256> knownTransactions();

  /** Hashes of the records refused so far. */
  Set<Hash256> knownRejections();

  /** Records new transactions, at least one. */
  void added(List<Pooled> transactions);

  /** Records new refusals, at least one. */
  void rejected(List<Rejection> rejections);
}
