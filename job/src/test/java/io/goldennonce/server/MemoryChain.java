package io.goldennonce.server;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.pow.Hash256;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chain in memory, of whose tips one follows the other. */
final class MemoryChain implements BlockStore {
  private final List<Block> blocks = new CopyOnWriteArrayList<>();

  private volatile boolean failing;

  /** The next look at the tip fails. */
  void failNextTip() {
    failing = true;
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }

  @Override
  public Optional<BlockIndexEntry> tip() {
    if (failing) {
      failing = false;
      throw new IllegalStateException("the storage is away");
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(blocks.get(blocks.size() - 1).indexEntry());
  }

  @Override
  public BranchBlock block(Hash256 hash) {
    return blocks.stream()
        .filter(block -> block.hash().equals(hash))
        .map(BranchBlock::of)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void append(Block block) {
    blocks.add(block);
  }

  @Override
  public Optional<Start> started(String block) {
    return Optional.empty();
  }

  @Override
  public void start(String block, Start start) {}

  @Override
  public void ended(String block) {}
}
