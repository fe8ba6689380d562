package io.goldennonce.puzzle;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.NonceRange;
import java.io.Serializable;

/**
 * A count of coins.
 *
 * @param range the candidates that were hashed, each once
 * @param coins number of coins among them
 * @param lowest the lowest hash among them in hex order, the first byte the most significant:
 *     evidence that they were hashed; all ones if there was no candidate
 */
public record CoinCount(NonceRange range, long coins, Hash256 lowest) implements Serializable {
  /** Merges this count with the one that starts where it ends. */
  public CoinCount mergedWith(CoinCount next) {
    if (next.range.from() != range.to()) {
      throw new IllegalArgumentException(
          "only the following range can be added, got " + range + " and " + next.range);
    }
    boolean isLower = next.lowest.reversed().compareTo(lowest.reversed()) < 0;
    return new CoinCount(
        new NonceRange(range.from(), next.range.to()),
        coins + next.coins,
        isLower ? next.lowest : lowest);
  }
}
