package io.goldennonce.proof;

import io.goldennonce.base.Sha256Digest;
import io.goldennonce.pow.Hash256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of Certificate Transparency over a list of leaves. The leaf {@code d} hashes to
 * SHA-256(0x00 ‖ d), the parent of two nodes to SHA-256(0x01 ‖ left ‖ right), so that no node can
 * be taken for a leaf. The left subtree is the largest perfect one that leaves something for the
 * right. Immutable; each proof costs a logarithmic number of hashes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1">RFC 9162, section 2.1</a>
 */
public final class LogTree {
  /** The SHA-256 of nothing. */
  static final Hash256 EMPTY_ROOT = Hash256.sha256(new byte[0]);

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** The roots of the perfect subtrees of 2^k leaves, in order, by k. */
  private final List<List<Hash256>> levels = new ArrayList<>();

  private LogTree(List<Hash256> leaves) {
    List<Hash256> level = List.copyOf(leaves);
    while (!level.isEmpty()) {
      levels.add(level);
      List<Hash256> next = new ArrayList<>(level.size() / 2);
      for (int i = 1; i < level.size(); i += 2) {
        next.add(parent(level.get(i - 1), level.get(i)));
      }
      level = next;
    }
  }

  /** The tree over leaves, in their order; there may be none. */
  public static LogTree of(List<byte[]> leaves) {
    return new LogTree(leaves.stream().map(LogTree::leaf).toList());
  }

  /** Returns the number of leaves. */
  public int size() {
    return levels.isEmpty() ? 0 : levels.get(0).size();
  }

  /** Returns size and root; the root of no leaves is the SHA-256 of nothing. */
  public TreeHead head() {
    return head(size());
  }

  /**
   * Returns size and root of the tree over the first leaves.
   *
   * @param size 0 to {@link #size}
   */
  public TreeHead head(int size) {
    requireFrom(0, size, size());
    return new TreeHead(size, size == 0 ? EMPTY_ROOT : subtree(0, size));
  }

  /**
   * Proves that a leaf is in the tree: the siblings on its way to the root, from the leaf up (RFC
   * 9162, section 2.1.3.1).
   *
   * @param index 0 to {@link #size} − 1
   */
  public List<Hash256> inclusion(int index) {
    requireFrom(0, index, size() - 1);
    List<Hash256> path = new ArrayList<>();
    int from = 0;
    int to = size();
    while (to - from > 1) {
      int middle = from + split(to - from);
      if (index < middle) {
        path.add(0, subtree(middle, to));
        to = middle;
      } else {
        path.add(0, subtree(from, middle));
        from = middle;
      }
    }
    return List.copyOf(path);
  }

  /**
   * Proves that the tree continues the one over its first leaves (RFC 9162, section 2.1.4.1).
   *
   * @param size of the shorter tree, 1 to {@link #size}
   */
  public List<Hash256> consistency(int size) {
    requireFrom(1, size, size());
    List<Hash256> path = new ArrayList<>();
    int from = 0;
    int to = size();
    // Whether the subtree at hand is a prefix of the shorter tree, whose root the verifier has.
    boolean isWhole = true;
    while (size < to) {
      int middle = from + split(to - from);
      if (size <= middle) {
        path.add(0, subtree(middle, to));
        to = middle;
      } else {
        path.add(0, subtree(from, middle));
        from = middle;
        isWhole = false;
      }
    }
    if (!isWhole) {
      path.add(0, subtree(from, to));
    }
    return List.copyOf(path);
  }

  /** The root over the leaves of a range whose start is a multiple of a power of two ≥ its size. */
  private Hash256 subtree(int from, int to) {
    int size = to - from;
    if (Integer.bitCount(size) == 1) {
      int level = Integer.numberOfTrailingZeros(size);
      return levels.get(level).get(from >> level);
    }
    int middle = from + split(size);
    return parent(subtree(from, middle), subtree(middle, to));
  }

  /** The largest power of two below a size of 2 or more. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  static Hash256 leaf(byte[] data) {
    MessageDigest sha256 = Sha256Digest.create();
    sha256.update(LEAF);
    return Hash256.ofBytes(sha256.digest(data));
  }

  static Hash256 parent(Hash256 left, Hash256 right) {
    MessageDigest sha256 = Sha256Digest.create();
    sha256.update(NODE);
    sha256.update(left.toBytes());
    return Hash256.ofBytes(sha256.digest(right.toBytes()));
  }

  private static void requireFrom(int least, int given, int most) {
    if (given < least || given > most) {
      throw new IllegalArgumentException(
          "must be from %s to %s, got %s".formatted(least, most, given));
    }
  }
}
