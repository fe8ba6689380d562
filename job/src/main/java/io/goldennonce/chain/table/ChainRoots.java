package io.goldennonce.chain.table;

import io.goldennonce.base.LatestMap;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.pow.Hash256;
import io.goldennonce.proof.LogFrontier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trees over the block hashes of a chain. Each block's tree has one leaf more than its
 * parent's, so only the frontiers of the latest blocks are cached. Thread-safe.
 */
final class ChainRoots {
  /** More than the depth of usual forks; for a deeper fork, the branch is read again. */
  private static final int REMEMBERED = 1_000;

  private final BranchBlocks blocks;
  private final Map<Hash256, LogFrontier> frontiers = new LatestMap<>(REMEMBERED);

  ChainRoots(BranchBlocks blocks) {
    this.blocks = blocks;
  }

  /**
   * Adds a whole branch.
   *
   * @param branch its hashes, from the tip down to the first block
   */
  synchronized void start(List<Hash256> branch) {
    LogFrontier frontier = LogFrontier.EMPTY;
    for (int i = branch.size() - 1; i >= 0; i--) {
      frontier = plus(frontier, branch.get(i));
    }
  }

  /** Returns the frontier of a branch that ends with a block, which need not be stored. */
  synchronized LogFrontier with(Block block) {
    Hash256 parent = block.header().previousHash();
    return plus(parent.equals(Hash256.ZERO) ? LogFrontier.EMPTY : upTo(parent), block.hash());
  }

  private LogFrontier upTo(Hash256 tip) {
    Deque<Hash256> missing = new ArrayDeque<>();
    Hash256 hash = tip;
    @Nullable LogFrontier frontier = frontiers.get(hash);
    while (frontier == null) {
      BranchBlock block = blocks.get(hash);
      missing.push(hash);
      hash = block.previousHash();
      frontier = hash.equals(Hash256.ZERO) ? LogFrontier.EMPTY : frontiers.get(hash);
    }
    for (Hash256 next : missing) {
      frontier = plus(frontier, next);
    }
    return frontier;
  }

  private LogFrontier plus(LogFrontier frontier, Hash256 hash) {
    LogFrontier grown = frontier.plus(hash.toBytes());
    frontiers.put(hash, grown);
    return grown;
  }
}
