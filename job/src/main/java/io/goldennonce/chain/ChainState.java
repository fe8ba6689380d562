package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chain's blocks alone say of it.
 *
 * @param chain the branch with the most work, from the first block to the tip; empty where no block
 *     reaches back to a first one
 * @param stale how many different blocks are not on it
 * @param nextBits what the rules demand of the next block; null where each miner chooses
 */
public record ChainState(List<ChainLink> chain, long stale, @Nullable CompactBits nextBits) {

  /** The state that follows from blocks. */
  public static ChainState of(Collection<ChainLink> links, ChainRules rules) {
    Map<Hash256, ChainLink> byHash = new HashMap<>();
    links.forEach(link -> byHash.putIfAbsent(link.hash(), link));
    List<ChainLink> chain = new ArrayList<>();
    for (BestChain.Link link :
        BestChain.of(byHash.values().stream().map(ChainLink::forkChoice).toList())) {
      ChainLink block = byHash.get(link.hash());
      if (block != null) {
        chain.add(block);
      }
    }
    CompactBits nextBits =
        chain.isEmpty()
            ? rules.retarget().isFixed() ? null : rules.limit()
            : rules
                .bitsAfter(
                    chain.get(chain.size() - 1),
                    link -> Optional.ofNullable(byHash.get(link.previousHash())))
                .orElse(null);
    return new ChainState(List.copyOf(chain), byHash.size() - chain.size(), nextBits);
  }

  /** The last block, if there is one. */
  public Optional<ChainLink> tip() {
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
  }

  /** The last blocks, the tip at the end. */
  public List<ChainLink> last(int count) {
    return chain.subList(Math.max(0, chain.size() - count), chain.size());
  }
}
