package io.goldennonce.chain;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;

/**
 * The block that the next block builds on.
 *
 * @param height blocks before it: 0 or more
 * @param hash its hash
 * @param chainWork the work of the chain up to and including it
 * @param time its header's time, seconds since 1970-01-01T00:00Z
 */
public record ChainTip(long height, Hash256 hash, ChainWork chainWork, long time)
    implements Serializable {
  /**
   * Checks the height.
   *
   * @throws IllegalArgumentException if the height is negative
   */
  public ChainTip {
    if (height < 0) {
      throw new IllegalArgumentException("a height must be at least 0, got " + height);
    }
  }
}
