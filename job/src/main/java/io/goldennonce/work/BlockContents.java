package io.goldennonce.work;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.Transaction;
import io.goldennonce.search.StopSignal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Provides the transactions of the next block of the own chain. */
@FunctionalInterface
public interface BlockContents {
  /**
   * Returns the transactions of the block after a parent; waits until there are enough.
   *
   * @param parent the block to build on; null for a chain's first block
   * @param stop ends the wait
   * @return transactions, no two alike; empty if the wait was stopped
   */
  Optional<List<Transaction>> next(@Nullable BlockIndexEntry parent, StopSignal stop)
      throws InterruptedException;

  /** Returns contents with the same transaction in every block. */
  static BlockContents of(Transaction transaction) {
    return (parent, stop) -> Optional.of(List.of(transaction));
  }
}
