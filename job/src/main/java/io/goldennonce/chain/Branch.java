package io.goldennonce.chain;

import io.goldennonce.pow.Hash256;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The transactions of a branch, updated as its tip moves. */
public final class Branch {
  private final Function<Hash256, BranchBlock> blocks;

  /** How often each is on the branch: some miners do not check for duplicates. */
  private final Map<Hash256, Integer> transactions = new HashMap<>();

  private Hash256 tip = Hash256.ZERO;

  public Branch(Function<Hash256, BranchBlock> blocks) {
    this.blocks = blocks;
  }

  /**
   * Moves to another tip.
   *
   * @param hash the branch's last block; zero for an empty branch
   * @return the disconnected and connected blocks
   */
  public Reorg moveTo(Hash256 hash) {
    Reorg reorg = Reorg.between(tip, hash, blocks);
    for (BranchBlock block : reorg.disconnected()) {
      block.transactions().forEach(id -> transactions.computeIfPresent(id, Branch::oneLess));
    }
    for (BranchBlock block : reorg.connected()) {
      block.transactions().forEach(id -> transactions.merge(id, 1, Integer::sum));
    }
    tip = hash;
    return reorg;
  }

  /** Whether a transaction is on the branch. */
  public boolean holds(Hash256 transaction) {
    return transactions.containsKey(transaction);
  }

  @SuppressWarnings("NullAway") // Null removes the entry.
  private static Integer oneLess(Hash256 id, Integer count) {
    return count == 1 ? null : count - 1;
  }
}
