package io.goldennonce.chain;

import java.time.Instant;
import java.util.Optional;

/** Where a chain's blocks are kept, by any number of miners at once and without a lock. */
public interface BlockStore {
  /**
   * The block with the most chain work, the earliest mined on a tie; nothing where there are no
   * blocks. Quick: miners ask it again and again.
   */
  Optional<ChainTip> tip();

  /** Keeps a block, whether it is on the best branch or not. */
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
