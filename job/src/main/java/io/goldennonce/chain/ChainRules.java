package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What all who mine a chain must agree on.
 *
 * @param retarget how its difficulty changes
 * @param genesis its first block, whose bits are its limit
 */
public record ChainRules(Retarget retarget, Block genesis) implements Serializable {
  /**
   * Checks the first block.
   *
   * @throws IllegalArgumentException if it has a height
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
   * @param parentOf a block's parent; nothing if it is not there
   * @return nothing if each miner chooses, or if a block of the parent's window is not there
   */
  public Optional<CompactBits> bitsAfter(
      ChainLink parent, Function<ChainLink, Optional<ChainLink>> parentOf) {
    if (retarget.isFixed()) {
      return Optional.empty();
    }
    OptionalLong start = retarget.windowStart(parent.height() + 1);
    if (start.isEmpty()) {
      return Optional.of(parent.bits());
    }
    Optional<ChainLink> first = Optional.of(parent);
    while (first.isPresent() && first.get().height() > start.getAsLong()) {
      first = first.flatMap(parentOf);
    }
    return first.map(block -> retarget.next(parent.bits(), block.time(), parent.time(), limit()));
  }

  /** The easiest bits, where a rule gives them. */
  public CompactBits limit() {
    return genesis.header().bits();
  }
}
