package io.goldennonce.proof;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link LogTree} that only grows: the roots of its perfect subtrees, one for each bit of its
 * size, from which root and next frontier follow. Immutable.
 */
public final class LogFrontier {
  /** Of no leaves. */
  public static final LogFrontier EMPTY = new LogFrontier(0, List.of());

  private final long size;

  /** The largest subtree first. */
  private final List<Hash256> subtrees;

  private LogFrontier(long size, List<Hash256> subtrees) {
    this.size = size;
    this.subtrees = List.copyOf(subtrees);
  }

  /** Returns the frontier with one more leaf. */
  public LogFrontier plus(byte[] leaf) {
    List<Hash256> grown = new ArrayList<>(subtrees);
    Hash256 node = LogTree.leaf(leaf);
    for (long rest = size; rest % 2 == 1; rest >>= 1) {
      node = LogTree.parent(grown.remove(grown.size() - 1), node);
    }
    grown.add(node);
    return new LogFrontier(size + 1, grown);
  }

  /** Returns size and root. */
  public TreeHead head() {
    if (subtrees.isEmpty()) {
      return new TreeHead(0, LogTree.EMPTY_ROOT);
    }
    Hash256 root = subtrees.get(subtrees.size() - 1);
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      root = LogTree.parent(subtrees.get(i), root);
    }
    return new TreeHead(size, root);
  }
}
