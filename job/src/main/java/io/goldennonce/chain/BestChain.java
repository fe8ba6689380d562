package io.goldennonce.chain;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fork choice: of all branches that reach back to a first block, the one whose last block is the
 * best by {@link BlockIndexEntry#BEST_FIRST}.
 */
public final class BestChain {
  /** If a block occurs twice, the one mined first counts. */
  private static final Comparator<BlockIndexEntry> PARENTS_FIRST =
      Comparator.comparingLong(BlockIndexEntry::height).thenComparing(BlockIndexEntry::minedAt);

  private BestChain() {}

  /**
   * The best branch, from its first block to its last. Blocks whose ancestors are not all there, up
   * to a block of height 0 with previous hash zero, are left out, as are those whose height is not
   * their parent's plus 1. Sorts once by height; everything else is linear.
   *
   * @param links blocks in any order
   * @return unmodifiable; empty if no block descends from a first one
   */
  public static List<BlockIndexEntry> of(Collection<BlockIndexEntry> links) {
    List<BlockIndexEntry> ordered = new ArrayList<>(links);
    ordered.sort(PARENTS_FIRST);
    Map<Hash256, BlockIndexEntry> connected = new HashMap<>();
    BlockIndexEntry best = null;
    for (BlockIndexEntry link : ordered) {
      boolean added = connects(link, connected) && connected.putIfAbsent(link.hash(), link) == null;
      if (added && (best == null || BlockIndexEntry.BEST_FIRST.compare(link, best) < 0)) {
        best = link;
      }
    }
    return branch(best, connected);
  }

  private static boolean connects(BlockIndexEntry link, Map<Hash256, BlockIndexEntry> connected) {
    if (link.height() == 0) {
      return link.previousHash().equals(Hash256.ZERO);
    }
    BlockIndexEntry parent = connected.get(link.previousHash());
    return parent != null && parent.height() == link.height() - 1;
  }

  private static List<BlockIndexEntry> branch(
      @Nullable BlockIndexEntry tip, Map<Hash256, BlockIndexEntry> connected) {
    List<BlockIndexEntry> branch = new ArrayList<>();
    BlockIndexEntry link = tip;
    while (link != null) {
      branch.add(link);
      link = link.height() == 0 ? null : connected.get(link.previousHash());
    }
    Collections.reverse(branch);
    return Collections.unmodifiableList(branch);
  }
}
