package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BranchTest {
  private final Map<Hash256, BranchBlock> blocks = new HashMap<>();

  @Test
  void between_theSameBlocks_isNothing() {
    BranchBlock one = block(null, "a");
    assertThat(reorg(one, one)).isEqualTo(new Reorg(List.of(), List.of()));
    assertThat(Reorg.between(Hash256.ZERO, Hash256.ZERO, this::get).connected()).isEmpty();
  }

  @Test
  void between_twoBranches_isWhatEachHasAlone() {
    BranchBlock root = block(null, "a");
    BranchBlock left = block(root, "b");
    BranchBlock second = block(left, "c");
    BranchBlock right = block(root, "d");
    assertThat(reorg(second, right)).isEqualTo(new Reorg(List.of(second, left), List.of(right)));
    assertThat(reorg(right, second)).isEqualTo(new Reorg(List.of(right), List.of(left, second)));
    assertThat(reorg(root, second)).isEqualTo(new Reorg(List.of(), List.of(left, second)));
    assertThat(Reorg.between(Hash256.ZERO, right.hash(), this::get).connected())
        .containsExactly(root, right);
  }

  /** A random tree, and a walk from block to block: always what a walk to the root would say. */
  @Property(tries = 200)
  void holds_afterAnyMoves_isWhatIsOnTheBranch(
      @ForAll @Size(min = 2, max = 40) List<@IntRange(max = 1_000) Integer> parents,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 1_000) Integer> moves) {
    List<BranchBlock> tree = new ArrayList<>();
    for (int i = 0; i < parents.size(); i++) {
      // Some transactions are in several blocks, even of one branch.
      BranchBlock parent = i == 0 ? null : tree.get(parents.get(i) % i);
      tree.add(block(parent, "own " + i, "shared " + parents.get(i) % 5));
    }
    Branch branch = new Branch(this::get);
    for (int move : moves) {
      BranchBlock tip = tree.get(move % tree.size());
      branch.moveTo(tip.hash());
      Set<Hash256> expected = new HashSet<>();
      for (Hash256 at = tip.hash(); !at.equals(Hash256.ZERO); at = get(at).previousHash()) {
        expected.addAll(get(at).transactions());
      }
      for (BranchBlock block : tree) {
        for (Hash256 id : block.transactions()) {
          assertThat(branch.holds(id)).isEqualTo(expected.contains(id));
        }
      }
    }
  }

  private Reorg reorg(BranchBlock from, BranchBlock to) {
    return Reorg.between(from.hash(), to.hash(), this::get);
  }

  private BranchBlock get(Hash256 hash) {
    return Objects.requireNonNull(blocks.get(hash));
  }

  private BranchBlock block(
      @org.jspecify.annotations.Nullable BranchBlock parent, String... transactions) {
    BranchBlock block =
        new BranchBlock(
            parent == null ? 0 : parent.height() + 1,
            Transaction.ofText("block " + blocks.size()).id(),
            parent == null ? Hash256.ZERO : parent.hash(),
            List.of(transactions).stream().map(text -> Transaction.ofText(text).id()).toList());
    blocks.put(block.hash(), block);
    return block;
  }
}
