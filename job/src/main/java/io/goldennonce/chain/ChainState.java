package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a chain, from its blocks alone.
 *
 * @param chain the branch with the most work, from the first block to the tip; empty if no block
 *     descends from a first one
 * @param stale number of distinct blocks that are not on it
 * @param nextBits the bits required of the next block; null if each miner chooses
 */
public record ChainState(List<BlockIndexEntry> chain, long stale, @Nullable CompactBits nextBits) {

  /** Computes the state from blocks. */
  public static ChainState of(Collection<BlockIndexEntry> links, ChainRules rules) {
    Map<Hash256, BlockIndexEntry> byHash = new HashMap<>();
    links.forEach(link -> byHash.putIfAbsent(link.hash(), link));
    List<BlockIndexEntry> chain = BestChain.of(byHash.values());
    CompactBits nextBits =
        chain.isEmpty()
            ? rules.retarget().isFixed() ? null : rules.limit()
            : rules
                .bitsAfter(
                    chain.get(chain.size() - 1),
                    link -> Optional.ofNullable(byHash.get(link.previousHash())))
                .orElse(null);
    return new ChainState(chain, byHash.size() - chain.size(), nextBits);
  }

  public Optional<BlockIndexEntry> tip() {
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
  }

  /** The last blocks, the tip last. */
  public List<BlockIndexEntry> last(int count) {
    return chain.subList(Math.max(0, chain.size() - count), chain.size());
  }
}
