package io.goldennonce.chain;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fork choice: of all branches that reach back to a first block, the one with the most work; among
 * equals the one whose last block was mined first, as a Bitcoin node keeps the branch it saw first;
 * then the one whose last block has the lowest hash, so that all who read the same blocks agree.
 */
public final class BestChain {
  /**
   * The part of a block that fork choice needs.
   *
   * @param hash its hash
   * @param previousHash its parent's hash; zero in a first block
   * @param height blocks before it
   * @param chainWork the work of the chain up to and including it
   * @param minedAt when it was mined
   */
  public record Link(
      Hash256 hash, Hash256 previousHash, long height, ChainWork chainWork, Instant minedAt)
      implements Serializable {}

  private static final Comparator<Link> PREFERENCE =
      Comparator.comparing(Link::chainWork)
          .thenComparing(Link::minedAt, Comparator.reverseOrder())
          .thenComparing(Link::hash, Comparator.reverseOrder());

  /** If a block occurs twice, the one mined first counts. */
  private static final Comparator<Link> PARENTS_FIRST =
      Comparator.comparingLong(Link::height).thenComparing(Link::minedAt);

  private BestChain() {}

  /**
   * The best branch, from its first block to its last. Blocks whose ancestors are not all there, up
   * to a block of height 0 with previous hash zero, are left out, as are those whose height is not
   * their parent's plus 1. Sorts once by height; everything else is linear.
   *
   * @param links blocks in any order
   * @return unmodifiable; empty if no block descends from a first one
   */
  public static List<Link> of(Collection<Link> links) {
    List<Link> ordered = new ArrayList<>(links);
    ordered.sort(PARENTS_FIRST);
    Map<Hash256, Link> connected = new HashMap<>();
    Link best = null;
    for (Link link : ordered) {
      boolean added = connects(link, connected) && connected.putIfAbsent(link.hash(), link) == null;
      if (added && (best == null || PREFERENCE.compare(link, best) > 0)) {
        best = link;
      }
    }
    return branch(best, connected);
  }

  private static boolean connects(Link link, Map<Hash256, Link> connected) {
    if (link.height() == 0) {
      return link.previousHash().equals(Hash256.ZERO);
    }
    Link parent = connected.get(link.previousHash());
    return parent != null && parent.height() == link.height() - 1;
  }

  private static List<Link> branch(@Nullable Link tip, Map<Hash256, Link> connected) {
    List<Link> branch = new ArrayList<>();
    Link link = tip;
    while (link != null) {
      branch.add(link);
      link = link.height() == 0 ? null : connected.get(link.previousHash());
    }
    Collections.reverse(branch);
    return Collections.unmodifiableList(branch);
  }
}
