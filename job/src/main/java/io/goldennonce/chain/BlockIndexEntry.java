package io.goldennonce.chain;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.time.Instant;

/**
 * The part of a block that the chain's rules need.
 *
 * @param height blocks before it
 * @param hash its hash
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

  /** The work of the block itself. */
  public ChainWork work() {
    return ChainWork.ofTarget(bits.toTarget());
  }

  /** The part that fork choice needs. */
  public BestChain.Link forkChoice() {
    return new BestChain.Link(hash, previousHash, height, chainWork, minedAt);
  }
}
