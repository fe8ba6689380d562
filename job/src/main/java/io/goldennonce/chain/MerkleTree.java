package io.goldennonce.chain;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.List;

/**
 * Bitcoin's merkle tree: each node is the double SHA-256 of its two children in digest order, and a
 * level with an odd number of nodes repeats its last one.
 *
 * <p>That doubling makes roots ambiguous (CVE-2012-2459): the leaves a, b, c and a, b, c, c have
 * the same root. So leaves must differ for the root to commit to them, which {@link BlockTemplate}
 * checks; this class computes any root that Bitcoin does.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/v28.0/src/consensus/merkle.cpp">Bitcoin
 *     Core, ComputeMerkleRoot, and its warning</a>
 */
public final class MerkleTree {
  private MerkleTree() {}

  /**
   * The root of leaves.
   *
   * @param leaves at least one, in their order
   * @throws IllegalArgumentException if there are none
   */
  public static Hash256 root(List<Hash256> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a merkle tree must have at least 1 leaf, got 0");
    }
    return root(leaves.get(0), branch(leaves.subList(1, leaves.size())));
  }

  /**
   * The siblings on the way from a first leaf to the root, which do not depend on that leaf, as
   * Stratum sends them to miners: a new coinbase costs one hash per level.
   *
   * @param others the leaves after the first, in their order
   */
  public static List<Hash256> branch(List<Hash256> others) {
    List<Hash256> branch = new ArrayList<>();
    // The nodes of a level except the first, which is unknown.
    List<Hash256> level = others;
    while (!level.isEmpty()) {
      branch.add(level.get(0));
      List<Hash256> next = new ArrayList<>(level.size() / 2);
      for (int i = 1; i < level.size(); i += 2) {
        next.add(parent(level.get(i), level.get(Math.min(i + 1, level.size() - 1))));
      }
      level = next;
    }
    return List.copyOf(branch);
  }

  /** The root of a first leaf and a merkle branch. */
  public static Hash256 root(Hash256 first, List<Hash256> branch) {
    Hash256 node = first;
    for (Hash256 sibling : branch) {
      node = parent(node, sibling);
    }
    return node;
  }

  private static Hash256 parent(Hash256 left, Hash256 right) {
    byte[] both = new byte[64];
    System.arraycopy(left.toBytes(), 0, both, 0, 32);
    System.arraycopy(right.toBytes(), 0, both, 32, 32);
    return Hash256.sha256d(both);
  }
}
