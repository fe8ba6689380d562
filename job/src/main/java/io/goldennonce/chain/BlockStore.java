package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.Optional;

/** Stores the blocks of a chain, for any number of concurrent miners without a lock. */
public interface BlockStore {
  /**
   * Returns the block with the most chain work, the earliest mined on a tie, as of the last {@link
   * #look} and the blocks appended since; empty if there are no blocks. Takes no time. A tip is
   * only replaced by a better one, however slow the look that found it.
   */
  Optional<BlockIndexEntry> tip();

  /** Returns the tip after reading what others have appended. */
  default Optional<BlockIndexEntry> look() {
    return tip();
  }

  /**
   * Returns the bits that the chain's rules require of the block after a parent.
   *
   * @param parent a block in this store
   * @return empty if each miner chooses
   */
  default Optional<CompactBits> demandedBits(BlockIndexEntry parent) {
    return Optional.empty();
  }

  /**
   * Returns a block.
   *
   * @throws RuntimeException if it is not in this store
   */
  BranchBlock block(Hash256 hash);

  /**
   * Saves a block, whether it is on the best branch or not. Has no effect on a block that is
   * already stored: another process has found the same.
   */
  void append(Block block);

  /**
   * How the search for a block was started.
   *
   * @param time the time in its header
   * @param part the part of its extranonces to search
   * @param versionBits how many bits of its version roll, 0 to 4
   */
  record Start(Instant time, long part, int versionBits) {}

  /**
   * Returns how an earlier process started to search for a block that is not yet found, so that a
   * restart continues with the same headers; empty if that was not saved.
   *
   * @param block identifies the block except for its time, in hex digits
   */
  Optional<Start> started(String block);

  /** Saves how a long search was started. Durable on return. */
  void start(String block, Start start);

  /** Records that a block is found or no longer searched for. */
  void ended(String block);
}
