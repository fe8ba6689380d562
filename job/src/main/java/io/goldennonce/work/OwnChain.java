package io.goldennonce.work;

import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The own chain as a source of work: always the block after the tip. Where another miner moves the
 * tip, the block begun is outdated.
 */
public final class OwnChain implements WorkSource {
  /**
   * What makes the chain's blocks.
   *
   * @param bits the target of each
   * @param miner who mines
   * @param mode which solution to end with
   * @param tipInterval how often to look whether the tip has moved
   */
  public record Settings(CompactBits bits, String miner, ResultMode mode, Duration tipInterval) {}

  private final BlockStore blocks;
  private final BlockContents contents;
  private final Settings settings;
  private final TipWatch watch;
  private long left;

  /**
   * @param blocks where the chain is
   * @param contents what its next block holds
   * @param count how many blocks to mine, 1 or more
   */
  public OwnChain(BlockStore blocks, BlockContents contents, Settings settings, long count) {
    this.blocks = blocks;
    this.contents = contents;
    this.settings = settings;
    this.left = count;
    this.watch = new TipWatch(blocks, settings.tipInterval());
  }

  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    if (left == 0) {
      return Optional.empty();
    }
    @Nullable ChainTip parent = watch.look().orElse(null);
    Optional<List<Transaction>> transactions = contents.next(parent, stop);
    return transactions.map(list -> work(parent, list));
  }

  private Work work(@Nullable ChainTip parent, List<Transaction> transactions) {
    String name = template(parent, transactions, Instant.EPOCH).header(0).hash().toDisplay();
    BlockTemplate template = template(parent, transactions, blocks.begun(name));
    return new OwnBlock(
        template,
        settings.mode(),
        watch.movedFrom(parent),
        block -> {
          blocks.append(block);
          blocks.ended(name);
          left--;
        });
  }

  private BlockTemplate template(
      @Nullable ChainTip parent, List<Transaction> transactions, Instant begun) {
    // A chain's clock never runs backwards, even where a machine's does.
    long time = Math.max(begun.getEpochSecond(), parent == null ? 0 : parent.time());
    return BlockTemplate.of(parent, transactions, settings.bits(), time, settings.miner());
  }

  @Override
  public void close() {
    watch.close();
  }
}
