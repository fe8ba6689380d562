package io.goldennonce.chain;

import io.goldennonce.pow.Hash256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * A reorganization: the blocks that differ between two branches.
 *
 * @param disconnected blocks of the first branch only, the last first
 * @param connected blocks of the second branch only, in their order
 */
public record Reorg(List<BranchBlock> disconnected, List<BranchBlock> connected) {
  /**
   * Walks back from the last blocks of both to the one they share.
   *
   * @param from the first branch's last block; zero for a branch without any
   * @param to the second branch's
   * @param blocks looks up a block by its hash; only called for blocks that differ
   */
  public static Reorg between(Hash256 from, Hash256 to, Function<Hash256, BranchBlock> blocks) {
    List<BranchBlock> disconnected = new ArrayList<>();
    Deque<BranchBlock> connected = new ArrayDeque<>();
    Hash256 one = from;
    Hash256 other = to;
    while (!one.equals(other)) {
      // Step back on the higher branch, or on both at equal height.
      long oneHeight = height(one, blocks);
      long otherHeight = height(other, blocks);
      if (oneHeight >= otherHeight) {
        BranchBlock block = blocks.apply(one);
        disconnected.add(block);
        one = block.previousHash();
      }
      if (otherHeight >= oneHeight) {
        BranchBlock block = blocks.apply(other);
        connected.addFirst(block);
        other = block.previousHash();
      }
    }
    return new Reorg(List.copyOf(disconnected), List.copyOf(connected));
  }

  private static long height(Hash256 block, Function<Hash256, BranchBlock> blocks) {
    return block.equals(Hash256.ZERO) ? -1 : blocks.apply(block).height();
  }
}
