package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The rules that all miners of a chain must agree on.
 *
 * @param retarget the difficulty adjustment
 * @param genesis the first block, whose bits are the limit
 */
public record ChainRules(Retarget retarget, Block genesis) implements Serializable {
  /**
   * Checks the rules.
   *
   * @throws IllegalArgumentException if the first block's height is not 0
   */
  public ChainRules {
    if (genesis.height() != 0) {
      throw new IllegalArgumentException(
          "a chain's first block must have height 0, got " + genesis.height());
    }
  }

  /**
   * The bits that the block after a parent must have.
   *
   * @param parentOf looks up a block's parent; empty if it is missing
   * @return empty if each miner chooses, or if a block of the parent's window is missing
   */
  public Optional<CompactBits> bitsAfter(
      BlockIndexEntry parent, Function<BlockIndexEntry, Optional<BlockIndexEntry>> parentOf) {
    if (retarget.isFixed()) {
      return Optional.empty();
    }
    OptionalLong start = retarget.windowStart(parent.height() + 1);
    if (start.isEmpty()) {
      return Optional.of(parent.bits());
    }
    Optional<BlockIndexEntry> first = Optional.of(parent);
    while (first.isPresent() && first.get().height() > start.getAsLong()) {
      first = first.flatMap(parentOf);
    }
    return first.map(block -> retarget.next(parent.bits(), block.time(), parent.time(), limit()));
  }

  /** The easiest bits, if a rule sets them. */
  public CompactBits limit() {
    return genesis.header().bits();
  }
}
