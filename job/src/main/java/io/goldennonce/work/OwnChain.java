package io.goldennonce.work;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockCheck;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The own chain as a source of work: always the block after the tip. When another miner moves the
 * tip, the current block is outdated.
 */
public final class OwnChain implements WorkSource {
  /**
   * Settings of the blocks to mine.
   *
   * @param bits the target, unless the chain's rules determine it
   * @param miner the miner's name, stored in each block
   * @param mode which solution to end with
   * @param tipInterval time between checks whether the tip has moved
   * @param versionBits number of a header's version bits to roll, 0 to 4
   */
  public record Settings(
      CompactBits bits, String miner, ResultMode mode, Duration tipInterval, int versionBits) {}

  private final BlockStore blocks;
  private final BlockContents contents;
  private final Settings settings;
  private final TipWatch watch;
  private final BlockHistory history;
  private long left;

  /**
   * The part of the extranonces that this process searches: a random one, so that processes with
   * equal options search different headers.
   */
  private long part = anotherPart();

  /** Whether another process has resumed the saved block. */
  private boolean taken;

  /**
   * @param blocks the chain
   * @param contents provides the transactions of the next block
   * @param log records changes of the chain's blocks
   * @param count number of blocks to mine, 1 or more
   */
  public OwnChain(
      BlockStore blocks, BlockContents contents, Settings settings, EventLog log, long count) {
    this.blocks = blocks;
    this.contents = contents;
    this.settings = settings;
    this.left = count;
    this.watch = new TipWatch(blocks, settings.tipInterval());
    this.history = new BlockHistory(blocks, log);
  }

  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    while (true) {
      @Nullable BlockIndexEntry parent = blocks.tip().orElse(null);
      history.tipIs(parent);
      if (left == 0) {
        return Optional.empty();
      }
      StopSignal moved = watch.movedFrom(parent);
      Optional<List<Transaction>> transactions = contents.next(parent, stop.or(moved));
      if (transactions.isPresent()) {
        return Optional.of(work(parent, transactions.get(), moved));
      }
      if (stop.reason().isPresent() || moved.reason().isEmpty()) {
        return Optional.empty();
      }
    }
  }

  private static long anotherPart() {
    return ThreadLocalRandom.current().nextLong(1, BlockSearch.PARTS);
  }

  private Work work(
      @Nullable BlockIndexEntry parent, List<Transaction> transactions, StopSignal outdated) {
    if (parent != null) {
      requireClock(parent);
    }
    CompactBits bits =
        Optional.ofNullable(parent).flatMap(blocks::demandedBits).orElse(settings.bits());
    String name = name(parent, transactions, bits);
    Optional<BlockStore.Start> started = blocks.started(name).filter(start -> !taken);
    BlockStore.Start start =
        started.orElseGet(() -> new BlockStore.Start(Instant.now(), part, settings.versionBits()));
    BlockTemplate template = template(parent, transactions, bits, start.time());
    return new OwnBlock(
        template, settings.mode(), outdated, this, name, start, started.isPresent());
  }

  /** Names a block independently of its time, so that a restart finds the start saved for it. */
  private String name(
      @Nullable BlockIndexEntry parent, List<Transaction> transactions, CompactBits bits) {
    return template(parent, transactions, bits, Instant.EPOCH).header(0).hash().toDisplay();
  }

  BlockStore blocks() {
    return blocks;
  }

  /** Appends a block that was found. */
  void found(Block block, String name) {
    history.append(block);
    taken = false;
    blocks.ended(name);
    left--;
  }

  /** Changes to another part, because another process searches this one. */
  void taken() {
    taken = true;
    part = anotherPart();
  }

  /** Refuses a tip too far in the future: a block after it would be as invalid as the tip. */
  private static void requireClock(BlockIndexEntry parent) {
    BlockCheck.whyNoneFollows(parent.time(), Instant.now())
        .ifPresent(
            refusal -> {
              throw new TipAheadException(
                  refusal
                      + " (block "
                      + parent.height()
                      + " "
                      + parent.hash().toDisplay()
                      + "); set this machine's clock, or wait");
            });
  }

  private BlockTemplate template(
      @Nullable BlockIndexEntry parent,
      List<Transaction> transactions,
      CompactBits bits,
      Instant started) {
    // Block times never decrease, even if this machine's clock does.
    long time = Math.max(started.getEpochSecond(), parent == null ? 0 : parent.time());
    return BlockTemplate.of(parent, transactions, bits, time, settings.miner());
  }

  @Override
  public void close() {
    watch.close();
  }
}
