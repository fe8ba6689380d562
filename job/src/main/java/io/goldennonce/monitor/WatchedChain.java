package io.goldennonce.monitor;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockSummary;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.util.Optional;
import java.util.function.Supplier;

/** A chain whose new blocks a monitor is told. */
public final class WatchedChain implements BlockStore {
  private final BlockStore chain;
  private final Supplier<MiningMonitor> monitor;

  /**
   * @param monitor asked for when the first block is appended, as its application may not be up yet
   */
  public WatchedChain(BlockStore chain, Supplier<MiningMonitor> monitor) {
    this.chain = chain;
    this.monitor = monitor;
  }

  @Override
  public Optional<ChainTip> tip() {
    return chain.tip();
  }

  @Override
  public Optional<ChainTip> look() {
    return chain.look();
  }

  @Override
  public Optional<CompactBits> demandedBits(ChainTip parent) {
    return chain.demandedBits(parent);
  }

  @Override
  public BranchBlock block(Hash256 hash) {
    return chain.block(hash);
  }

  @Override
  public void append(Block block) {
    chain.append(block);
    monitor.get().mined(BlockSummary.of(block));
  }

  @Override
  public Optional<Start> started(String block) {
    return chain.started(block);
  }

  @Override
  public void start(String block, Start start) {
    chain.start(block, start);
  }

  @Override
  public void ended(String block) {
    chain.ended(block);
  }
}
