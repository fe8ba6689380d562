package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.Optional;

/** Where a chain's blocks are kept, by any number of miners at once and without a lock. */
public interface BlockStore {
  /**
   * The block with the most chain work, the earliest mined on a tie, of the last look and of those
   * appended since; nothing where there are no blocks. Takes no time, and never goes back: a tip is
   * only replaced by a better one, however slow the look was that found it.
   */
  Optional<BlockIndexEntry> tip();

  /** The same after a look at what others have appended. */
  default Optional<BlockIndexEntry> look() {
    return tip();
  }

  /**
   * The bits that the chain's rules demand of the block after a parent.
   *
   * @param parent a block that is kept here
   * @return nothing if each miner chooses
   */
  default Optional<CompactBits> demandedBits(BlockIndexEntry parent) {
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
   * How the search for a block was started.
   *
   * @param time when, which is in its header
   * @param part which part of its extranonces is searched
   */
  record Start(Instant time, long part) {}

  /**
   * How an earlier process started on a block that is not yet found, so that a restart continues
   * with the same headers; empty if that was not kept.
   *
   * @param block what makes the block but its time, in hex digits
   */
  Optional<Start> started(String block);

  /** Keeps how a search was started that takes a while. Durable on return. */
  void start(String block, Start start);

  /** Says that a block is found, or will not be looked for any more. */
  void ended(String block);
}
