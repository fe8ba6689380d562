package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import java.io.Serializable;

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

  /** The easiest bits, where a rule gives them. */
  public CompactBits limit() {
    return genesis.header().bits();
  }
}
