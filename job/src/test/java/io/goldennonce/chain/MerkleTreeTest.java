package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  @Test
  void root_block170_isItsHeaders() {
    assertThat(
            root(
                "b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082",
                "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"))
        .hasToString("7dac2c5666815c17a3b36427de37bb9d2e2c5ccec3f8633eb91a4205cb4c10ff");
  }

  @Test
  void root_block100000_isItsHeaders() {
    assertThat(
            root(
                "8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
                "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
                "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
                "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d"))
        .hasToString("f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766");
  }

  @Test
  void root_oneLeaf_isTheLeaf() {
    assertThat(MerkleTree.root(leaves(1))).isEqualTo(leaves(1).get(0));
  }

  @Test
  void root_noLeaf_isRefused() {
    assertThatThrownBy(() -> MerkleTree.root(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a merkle tree must have at least 1 leaf, got 0");
  }

  /** CVE-2012-2459: the reason for templates to refuse equal transactions. */
  @Test
  void root_lastLeafTwice_isTheSameAsOnce() {
    List<Hash256> twice = new ArrayList<>(leaves(3));
    twice.add(twice.get(2));
    assertThat(MerkleTree.root(twice)).isEqualTo(MerkleTree.root(leaves(3)));
  }

  @Property
  void root_anyNumberOfLeaves_isTheLevelByLevelOne(@ForAll @IntRange(min = 1, max = 70) int n) {
    assertThat(MerkleTree.root(leaves(n))).isEqualTo(levelByLevel(leaves(n)));
  }

  @Property
  void branch_anyNumberOfLeaves_hasOneHashALevel(@ForAll @IntRange(min = 1, max = 70) int n) {
    List<Hash256> leaves = leaves(n);
    List<Hash256> branch = MerkleTree.branch(leaves.subList(1, n));
    assertThat(branch).hasSize(32 - Integer.numberOfLeadingZeros(n - 1));
    assertThat(MerkleTree.root(leaves.get(0), branch)).isEqualTo(levelByLevel(leaves));
  }

  /** The rule as it is commonly told, on display hex. */
  private static Hash256 levelByLevel(List<Hash256> leaves) {
    List<Hash256> level = new ArrayList<>(leaves);
    while (level.size() > 1) {
      if (level.size() % 2 == 1) {
        level.add(level.get(level.size() - 1));
      }
      List<Hash256> below = level;
      level =
          new ArrayList<>(
              IntStream.range(0, below.size() / 2)
                  .mapToObj(i -> below.get(2 * i).toHex() + below.get(2 * i + 1).toHex())
                  .map(hex -> Hash256.sha256d(HexFormat.of().parseHex(hex)))
                  .toList());
    }
    return level.get(0);
  }

  private static List<Hash256> leaves(int n) {
    return IntStream.range(0, n).mapToObj(i -> Hash256.sha256(new byte[] {(byte) i})).toList();
  }

  private static Hash256 root(String... ids) {
    return MerkleTree.root(Stream.of(ids).map(Hash256::ofDisplay).toList());
  }
}
