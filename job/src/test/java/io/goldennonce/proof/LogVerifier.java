package io.goldennonce.proof;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.List;

/**
 * The verifier's algorithms of RFC 9162, for tests: users verify with {@code
 * scripts/check-proof.py}.
 */
final class LogVerifier {
  private LogVerifier() {}

  /**
   * Verifies that a leaf is in a tree (RFC 9162, section 2.1.3.2).
   *
   * @param index of the leaf, counted from 0
   * @param path what {@link LogTree#inclusion} returns
   */
  static boolean includes(TreeHead tree, byte[] leaf, long index, List<Hash256> path) {
    if (index < 0 || index >= tree.size()) {
      return false;
    }
    long node = index;
    long last = tree.size() - 1;
    Hash256 root = LogTree.leaf(leaf);
    for (Hash256 sibling : path) {
      if (last == 0) {
        return false;
      }
      if (node % 2 == 1 || node == last) {
        root = LogTree.parent(sibling, root);
        while (node % 2 == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        root = LogTree.parent(root, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && root.equals(tree.root());
  }

  /**
   * Verifies that a tree continues a shorter one (RFC 9162, section 2.1.4.2).
   *
   * @param path what {@link LogTree#consistency} returns
   */
  static boolean continues(TreeHead tree, TreeHead shorter, List<Hash256> path) {
    if (shorter.size() == tree.size()) {
      return path.isEmpty() && shorter.equals(tree);
    }
    if (shorter.size() < 1 || shorter.size() > tree.size()) {
      return false;
    }
    List<Hash256> nodes = new ArrayList<>(path);
    if (Long.bitCount(shorter.size()) == 1) {
      nodes.add(0, shorter.root());
    }
    if (nodes.isEmpty()) {
      return false;
    }
    int trailing = Long.numberOfTrailingZeros(shorter.size());
    long node = (shorter.size() - 1) >> trailing;
    long last = (tree.size() - 1) >> trailing;
    Hash256 before = nodes.get(0);
    Hash256 after = nodes.get(0);
    for (Hash256 sibling : nodes.subList(1, nodes.size())) {
      if (last == 0) {
        return false;
      }
      if (node % 2 == 1 || node == last) {
        before = LogTree.parent(sibling, before);
        after = LogTree.parent(sibling, after);
        while (node % 2 == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        after = LogTree.parent(after, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && before.equals(shorter.root()) && after.equals(tree.root());
  }
}
