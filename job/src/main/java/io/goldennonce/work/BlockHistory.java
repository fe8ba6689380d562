package io.goldennonce.work;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Reorg;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores a miner's blocks, and logs changes of them and their branch. */
public final class BlockHistory {
  private final BlockStore blocks;
  private final EventLog log;

  /** The last known tip. */
  private @Nullable Hash256 last;

  /**
   * @param blocks the chain
   * @param log records changes of the chain's blocks
   */
  public BlockHistory(BlockStore blocks, EventLog log) {
    this.blocks = blocks;
    this.log = log;
  }

  /** Stores and logs a block of this miner. */
  public void append(Block block) {
    List<ChainEvent> events = new ArrayList<>();
    String hash = block.hash().toDisplay();
    events.add(
        new ChainEvent(
            block.minedAt(),
            ChainEvent.Kind.BLOCK_FOUND,
            hash,
            block.height(),
            "by search " + block.searchId()));
    try {
      blocks.append(block);
      events.add(
          new ChainEvent(
              Instant.now(),
              ChainEvent.Kind.BLOCK_ADDED,
              hash,
              block.height(),
              "with " + block.transactions().size() + " transactions"));
      last = block.hash();
      log.added(block);
    } finally {
      log.append(events);
    }
  }

  /** Sets the tip, and logs the blocks that it makes stale. */
  public void tipIs(@Nullable BlockIndexEntry tip) {
    Hash256 now = tip == null ? Hash256.ZERO : tip.hash();
    Hash256 before = last;
    last = now;
    if (before != null && !before.equals(now)) {
      List<BranchBlock> stale = Reorg.between(before, now, blocks::block).disconnected();
      if (!stale.isEmpty()) {
        log.append(stale.stream().map(block -> stale(block, now)).toList());
      }
    }
  }

  private static ChainEvent stale(BranchBlock block, Hash256 tip) {
    return ChainEvent.now(
        ChainEvent.Kind.BLOCK_STALE,
        block.hash().toDisplay(),
        block.height(),
        "the best branch ends in " + tip.toDisplay());
  }
}
