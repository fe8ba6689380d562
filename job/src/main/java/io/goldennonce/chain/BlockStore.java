package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.Optional;

/** Where a chain's blocks are kept, by any number of miners at once and without a lock. */
public interface BlockStore {
  /**
   * The block with the most chain work, the earliest mined on a tie; nothing where there are no
   * blocks. Quick: miners ask it again and again.
   */
  Optional<ChainTip> tip();

  /**
   * The bits that the chain's rules demand of the block after a parent.
   *
   * @param parent a block that is kept here
   * @return nothing if each miner chooses
   */
  default Optional<CompactBits> demandedBits(ChainTip parent) {
    return Optional.empty();
  }

  /**
   * A block that is kept here.
   *
   * @throws RuntimeException that says so if it is not there
   */
  BranchBlock block(Hash256 hash);

  /**
   * Keeps a block, whether it is on the best branch or not. One that is there already stays as it
   * is: another process has found the very same.
   */
  void append(Block block);

  /**
   * When a block that is not yet found was begun, so that a restart goes on with the same header;
   * now, if it is begun now.
   *
   * @param block what makes the block but its time; a file's name
   */
  Instant begun(String block);

  /** Says that a block is found, or will not be looked for any more. */
  void ended(String block);
}
