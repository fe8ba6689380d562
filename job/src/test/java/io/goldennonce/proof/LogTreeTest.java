package io.goldennonce.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.Hash256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vectors are those of Certificate Transparency's implementations, here from <a
 * href="https://github.com/transparency-dev/merkle/blob/main/proof/verify_test.go">transparency-dev/merkle,
 * proof/verify_test.go</a>: eight leaves, the roots of their first n, and proofs.
 */
class LogTreeTest {
  private static final List<byte[]> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final String A =
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
          + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
          + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

  /** RFC 9162, section 2.1.1: the hash of an empty list is the hash of an empty string. */
  @Test
  void root_ofNoLeaves_isTheHashOfNothing() {
    assertThat(LogTree.of(List.of()).head().root().toHex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void root_ofTheVectors_isTheirs() {
    LogTree all = LogTree.of(LEAVES);
    for (int size = 1; size <= LEAVES.size(); size++) {
      TreeHead head = new TreeHead(size, Hash256.ofHex(ROOTS.get(size - 1)));
      assertThat(LogTree.of(LEAVES.subList(0, size)).head()).isEqualTo(head);
      assertThat(all.head(size)).isEqualTo(head);
    }
  }

  /** Leaves are counted from 1 in the vectors. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, ''",
    "1, 8, " + A,
    "6, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
        + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "3, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "2, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
  })
  void inclusion_ofTheVectors_isTheirs(int leaf, int size, String path) {
    LogTree tree = LogTree.of(LEAVES.subList(0, size));
    assertThat(tree.inclusion(leaf - 1)).isEqualTo(hashes(path));
    assertThat(LogVerifier.includes(tree.head(), LEAVES.get(leaf - 1), leaf - 1, hashes(path)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, ''",
    "1, 8, " + A,
    "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
        + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
        + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "6, 7, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
        + " b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
        + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
  })
  void consistency_ofTheVectors_isTheirs(int shorter, int size, String path) {
    LogTree tree = LogTree.of(LEAVES.subList(0, size));
    assertThat(tree.consistency(shorter)).isEqualTo(hashes(path));
    assertThat(LogVerifier.continues(tree.head(), tree.head(shorter), hashes(path))).isTrue();
  }

  @Test
  void frontier_ofAnySize_hasTheTreesHead() {
    LogFrontier frontier = LogFrontier.EMPTY;
    LogTree tree = LogTree.of(leaves(70));
    for (int size = 0; size < 70; size++) {
      assertThat(frontier.head()).isEqualTo(tree.head(size));
      frontier = frontier.plus(leaves(70).get(size));
    }
  }

  @Property(tries = 200)
  void inclusion_ofEachLeaf_holdsForItAlone(@ForAll @IntRange(min = 1, max = 70) int size) {
    LogTree tree = LogTree.of(leaves(size));
    for (int index = 0; index < size; index++) {
      List<Hash256> path = tree.inclusion(index);
      byte[] leaf = leaves(size).get(index);
      assertThat(LogVerifier.includes(tree.head(), leaf, index, path)).isTrue();
      for (int other = -1; other <= size; other++) {
        assertThat(LogVerifier.includes(tree.head(), leaf, other, path)).isEqualTo(other == index);
      }
      assertThat(LogVerifier.includes(tree.head(), leaves(size + 1).get(size), index, path))
          .isFalse();
      for (List<Hash256> changed : changed(path)) {
        assertThat(LogVerifier.includes(tree.head(), leaf, index, changed)).isFalse();
      }
    }
  }

  @Property(tries = 50)
  void consistency_ofEachPair_holdsForItAlone(@ForAll @IntRange(min = 1, max = 40) int size) {
    LogTree tree = LogTree.of(leaves(size));
    for (int shorter = 1; shorter <= size; shorter++) {
      List<Hash256> path = tree.consistency(shorter);
      TreeHead head = tree.head(shorter);
      assertThat(LogVerifier.continues(tree.head(), head, path)).isTrue();
      TreeHead forged = new TreeHead(shorter, Hash256.sha256(new byte[] {7}));
      assertThat(LogVerifier.continues(tree.head(), forged, path)).isFalse();
      assertThat(LogVerifier.continues(forged(tree.head()), head, path)).isFalse();
      for (int other = 0; other <= size + 1; other++) {
        assertThat(LogVerifier.continues(tree.head(), new TreeHead(other, head.root()), path))
            .isEqualTo(other == shorter);
      }
      for (List<Hash256> changed : changed(path)) {
        assertThat(LogVerifier.continues(tree.head(), head, changed)).isFalse();
      }
    }
  }

  /** Any leaf that is changed, dropped, doubled or moved changes the root. */
  @Property(tries = 100)
  void root_ofAnyOtherList_isAnother(@ForAll @IntRange(min = 2, max = 40) int size) {
    Hash256 root = LogTree.of(leaves(size)).head().root();
    for (int at = 0; at < size; at++) {
      byte[] leaf = leaves(size).get(at);
      List<byte[]> changed = new ArrayList<>(leaves(size));
      changed.set(at, new byte[] {9});
      List<byte[]> dropped = new ArrayList<>(leaves(size));
      dropped.remove(at);
      List<byte[]> doubled = new ArrayList<>(leaves(size));
      doubled.add(at, leaf);
      List<byte[]> moved = new ArrayList<>(dropped);
      moved.add((at + 1) % size, leaf);
      for (List<byte[]> other : List.of(changed, dropped, doubled, moved)) {
        assertThat(LogTree.of(other).head().root()).isNotEqualTo(root);
      }
    }
  }

  /** Without prefixes, a list of one leaf could stand for a list of two. */
  @Test
  void root_ofTwoNodesAsALeaf_isAnother() {
    LogTree tree = LogTree.of(LEAVES.subList(0, 2));
    byte[] nodes = new byte[64];
    for (int i = 0; i < 2; i++) {
      byte[] node = LogTree.of(LEAVES.subList(i, i + 1)).head().root().toBytes();
      System.arraycopy(node, 0, nodes, 32 * i, 32);
    }
    assertThat(LogTree.of(List.of(nodes)).head().root()).isNotEqualTo(tree.head().root());
  }

  @Test
  void proofs_ofWhatIsNotInTheTree_areRefused() {
    LogTree tree = LogTree.of(LEAVES);
    assertThatThrownBy(() -> tree.inclusion(8)).hasMessage("must be from 0 to 7, got 8");
    assertThatThrownBy(() -> tree.consistency(0)).hasMessage("must be from 1 to 8, got 0");
    assertThatThrownBy(() -> tree.head(9)).hasMessage("must be from 0 to 8, got 9");
  }

  private static TreeHead forged(TreeHead head) {
    return new TreeHead(head.size(), Hash256.sha256(head.root().toBytes()));
  }

  /** A path with a hash changed, dropped or added. */
  private static List<List<Hash256>> changed(List<Hash256> path) {
    List<List<Hash256>> changed = new ArrayList<>();
    for (int i = 0; i <= path.size(); i++) {
      List<Hash256> more = new ArrayList<>(path);
      more.add(i, Hash256.sha256(new byte[] {(byte) i}));
      changed.add(more);
      if (i < path.size()) {
        List<Hash256> other = new ArrayList<>(path);
        other.set(i, Hash256.sha256(path.get(i).toBytes()));
        changed.add(other);
        List<Hash256> less = new ArrayList<>(path);
        less.remove(i);
        changed.add(less);
      }
    }
    return changed;
  }

  private static List<byte[]> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> ByteBuffer.allocate(4).putInt(i).array())
        .toList();
  }

  private static List<Hash256> hashes(String path) {
    return Stream.of(path.split(" ")).filter(hex -> !hex.isEmpty()).map(Hash256::ofHex).toList();
  }
}
