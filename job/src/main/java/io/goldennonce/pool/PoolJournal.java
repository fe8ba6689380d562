package io.goldennonce.pool;

import io.goldennonce.pow.Hash256;
import java.util.List;
import java.util.Set;

/** Records what was read from pools, so that each record is reported once. */
public interface PoolJournal {
  /** The transactions that are known to have been in a pool. */
  Set<Hash256> knownTransactions();

  /** The records that are known to have been refused, by the hash of their bytes. */
  Set<Hash256> knownRejections();

  /** Keeps transactions that were not known; never none. */
  void added(List<Pooled> transactions);

  /** Keeps refusals that were not known; never none. */
  void rejected(List<Rejection> rejections);
}
