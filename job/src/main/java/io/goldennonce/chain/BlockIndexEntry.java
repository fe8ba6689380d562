package io.goldennonce.chain;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;

/**
 * The part of a block that fork choice and the chain's rules need. Unchecked: any value may be
 * wrong.
 *
 * @param height blocks before it
 * @param previousHash its parent's hash; zero in a first block
 * @param time its header's time, seconds since 1970-01-01T00:00Z
 * @param bits its compact target
 * @param chainWork the work of the chain up to and including it
 * @param minedAt when it was mined
 */
public record BlockIndexEntry(
    long height,
    Hash256 hash,
    Hash256 previousHash,
    long time,
    CompactBits bits,
    ChainWork chainWork,
    Instant minedAt)
    implements Serializable {
  /**
   * Fork choice, the best first: the most work; among equals the block mined first, as a Bitcoin
   * node keeps the branch it saw first; then the lowest hash, so that all who read the same blocks
   * agree.
   */
  public static final Comparator<BlockIndexEntry> BEST_FIRST =
      Comparator.comparing(BlockIndexEntry::chainWork)
          .reversed()
          .thenComparing(BlockIndexEntry::minedAt)
          .thenComparing(BlockIndexEntry::hash);

  /** The work of the block itself. */
  public ChainWork work() {
    return ChainWork.ofTarget(bits.toTarget());
  }
}
