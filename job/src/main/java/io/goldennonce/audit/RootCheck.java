package io.goldennonce.audit;

import static java.util.stream.Collectors.groupingBy;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.Violation;
import io.goldennonce.pow.Hash256;
import io.goldennonce.proof.LogFrontier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Compares what blocks say of their chains' roots with the roots over their ancestors' hashes. */
final class RootCheck {
  private RootCheck() {}

  /** A block and the tree of those before it. */
  private record Step(BlockIndexEntry block, LogFrontier before) {}

  /**
   * Checks all blocks that descend from a first one, on any branch.
   *
   * @param roots what blocks say, by hash; others say nothing
   */
  static List<Violation> faults(Collection<BlockIndexEntry> links, Map<Hash256, String> roots) {
    Map<Hash256, List<BlockIndexEntry>> children =
        links.stream().collect(groupingBy(BlockIndexEntry::previousHash));
    List<Violation> faults = new ArrayList<>();
    Deque<Step> toDo = new ArrayDeque<>();
    add(children, Hash256.ZERO, LogFrontier.EMPTY, toDo);
    while (!toDo.isEmpty()) {
      Step step = toDo.pop();
      Hash256 hash = step.block().hash();
      LogFrontier tree = step.before().plus(hash.toBytes());
      String said = roots.get(hash);
      if (said != null) {
        String root = tree.head().root().toHex();
        if (!said.equals(root)) {
          faults.add(
              new Violation(step.block().height(), hash.toDisplay(), "chain_root", root, said));
        }
      }
      add(children, hash, tree, toDo);
    }
    return faults;
  }

  /** Adds the blocks after one, once, even if that one is there twice. */
  private static void add(
      Map<Hash256, List<BlockIndexEntry>> children,
      Hash256 parent,
      LogFrontier tree,
      Deque<Step> toDo) {
    List<BlockIndexEntry> next = children.remove(parent);
    if (next != null) {
      next.forEach(block -> toDo.push(new Step(block, tree)));
    }
  }
}
