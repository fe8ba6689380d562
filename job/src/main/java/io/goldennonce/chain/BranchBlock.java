package io.goldennonce.chain;

import io.goldennonce.pow.Hash256;
import java.util.List;

/**
 * The part of a block that its branch needs.
 *
 * @param height blocks before it
 * @param previousHash its parent's hash; zero in a first block
 * @param transactions the ids of its transactions
 */
public record BranchBlock(
    long height, Hash256 hash, Hash256 previousHash, List<Hash256> transactions) {

  /** Extracts the part of a block that its branch needs. */
  public static BranchBlock of(Block block) {
    return new BranchBlock(
        block.height(),
        block.hash(),
        block.header().previousHash(),
        block.transactions().stream().map(Transaction::id).toList());
  }
}
