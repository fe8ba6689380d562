package io.goldennonce.chain;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.time.Instant;

/**
 * A block as the rules of the chain see it.
 *
 * @param height blocks before it
 * @param hash its name
 * @param previousHash its parent's; zero in a first block
 * @param time its header's time, seconds since 1970-01-01T00:00Z
 * @param bits its compact target
 * @param chainWork the work of the chain up to and with it
 * @param minedAt when it was found
 */
public record ChainLink(
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

  /** This block as fork choice sees it. */
  public BestChain.Link forkChoice() {
    return new BestChain.Link(hash, previousHash, height, chainWork, minedAt);
  }
}
