package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks blocks together, on any branch: that each has a parent, down to the genesis block of the
 * chain's rules, and that height, time, bits and work follow from it.
 *
 * <p>The chain is rebuilt from the hashes alone and compared with the heights and work that the
 * blocks claim. So a wrong value is reported once, not in all descendants.
 */
public final class ChainCheck {
  private final ChainRules rules;
  private final Map<Hash256, BlockIndexEntry> said = new HashMap<>();

  /** Blocks by hash, with the height and the work that follow from their ancestors. */
  private final Map<Hash256, BlockIndexEntry> proven = new HashMap<>();

  private final List<Violation> faults = new ArrayList<>();

  private ChainCheck(ChainRules rules) {
    this.rules = rules;
  }

  /**
   * Checks all blocks of a chain and its stale branches.
   *
   * @param links results of {@link BlockCheck}: their hashes are those of their headers
   */
  public static List<Violation> faults(Collection<BlockIndexEntry> links, ChainRules rules) {
    return new ChainCheck(rules).check(links);
  }

  private List<Violation> check(Collection<BlockIndexEntry> links) {
    for (BlockIndexEntry link : links) {
      if (said.putIfAbsent(link.hash(), link) != null) {
        fault(link, "unique", "one row per block", "another one");
      }
    }
    for (BlockIndexEntry link : said.values()) {
      prove(link);
    }
    for (BlockIndexEntry link : said.values()) {
      place(link);
    }
    return faults;
  }

  /** Walks back to a checked block or one without a parent here, then forward. */
  private void prove(BlockIndexEntry link) {
    Deque<BlockIndexEntry> toDo = new ArrayDeque<>();
    Optional<BlockIndexEntry> at = Optional.of(link);
    while (at.isPresent() && !proven.containsKey(at.get().hash())) {
      toDo.push(at.get());
      at = Optional.ofNullable(said.get(at.get().previousHash()));
    }
    for (BlockIndexEntry next : toDo) {
      proven.put(next.hash(), proven(next));
    }
  }

  private BlockIndexEntry proven(BlockIndexEntry link) {
    BlockIndexEntry parent = proven.get(link.previousHash());
    boolean first = link.previousHash().equals(Hash256.ZERO);
    if (parent == null && !first) {
      return link; // place() reports that its parent is missing
    }
    return new BlockIndexEntry(
        parent == null ? 0 : parent.height() + 1,
        link.hash(),
        link.previousHash(),
        link.time(),
        link.bits(),
        parent == null ? link.work() : parent.chainWork().plus(link.work()),
        link.minedAt());
  }

  private void place(BlockIndexEntry link) {
    BlockIndexEntry right = proven.getOrDefault(link.hash(), link);
    equal(link, "height", right.height(), link.height());
    equal(link, "chain_work", right.chainWork().toHex(), link.chainWork().toHex());
    BlockIndexEntry parent = proven.get(link.previousHash());
    if (parent != null) {
      follows(link, parent);
    } else if (link.previousHash().equals(Hash256.ZERO)) {
      first(link);
    } else {
      fault(link, "link", "its parent " + link.previousHash().toDisplay(), "no such block");
    }
  }

  private void first(BlockIndexEntry link) {
    equal(link, "genesis", rules.genesis().hash().toDisplay(), link.hash().toDisplay());
    if (link.hash().equals(rules.genesis().hash())) {
      equal(link, "mined_at", rules.genesis().minedAt(), link.minedAt());
    }
  }

  private void follows(BlockIndexEntry link, BlockIndexEntry parent) {
    if (link.time() < parent.time()) {
      fault(link, "time", "at least its parent's, " + parent.time(), link.time());
    }
    Optional<CompactBits> bits =
        rules.bitsAfter(parent, block -> Optional.ofNullable(proven.get(block.previousHash())));
    bits.ifPresent(demanded -> equal(link, "retarget", demanded, link.bits()));
  }

  private void equal(BlockIndexEntry link, String rule, Object expected, Object found) {
    if (!expected.equals(found)) {
      fault(link, rule, expected, found);
    }
  }

  private void fault(BlockIndexEntry link, String rule, Object expected, Object found) {
    faults.add(
        new Violation(
            link.height(), link.hash().toDisplay(), rule, expected.toString(), found.toString()));
  }
}
