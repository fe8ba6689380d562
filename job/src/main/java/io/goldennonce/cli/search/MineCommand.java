package io.goldennonce.cli.search;

import io.goldennonce.app.JobSession;
import io.goldennonce.app.Sizing;
import io.goldennonce.app.UsageException;
import io.goldennonce.app.WorkLoop;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.Branch;
import io.goldennonce.chain.Transaction;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.cli.common.SizingOptions;
import io.goldennonce.cli.common.TargetOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.pool.Pool;
import io.goldennonce.pool.PoolContents;
import io.goldennonce.pool.WarehouseJournal;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.StopSignal;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.work.BlockContents;
import io.goldennonce.work.OwnChain;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mines blocks on top of the chain in the warehouse. */
@Command(
    name = "mine",
    description = "Mine blocks of your own chain into a warehouse.",
    sortOptions = false)
public final class MineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();
  @Mixin private SizingOptions sizing = new SizingOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Contents contents = new Contents();

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      converter = SearchOptions.TimeConverter.class,
      description =
          "With --transactions: start a block with fewer than chain.block-transactions once a"
              + " transaction has waited for this time; default: the setting chain.max-wait.")
  private @Nullable Duration maxWait;

  @ArgGroup(exclusive = true)
  private @Nullable TargetOptions target;

  @ArgGroup(exclusive = true)
  private @Nullable Count count;

  /** Contents of the blocks. */
  private static final class Contents {
    @Option(
        names = "--data",
        paramLabel = "TEXT",
        required = true,
        description = "Put one transaction with this text into each block.")
    private @Nullable String data;

    @Option(
        names = "--transactions",
        paramLabel = "PATH",
        required = true,
        description =
            "Mine the transactions of a pool: a file or directory of JSON lines, CSV or Parquet,"
                + " which may grow.")
    private @Nullable String pool;
  }

  /** Number of blocks. */
  private static final class Count {
    @Option(
        names = "--blocks",
        paramLabel = "N",
        required = true,
        description = "Number of blocks to mine; default: 1.")
    private long blocks = 1;

    @Option(
        names = "--forever",
        required = true,
        description = "Mine until stopped, by Ctrl-C or --timeout.")
    private boolean forever;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = options.configuration(common);
    Configuration.Chain chain = configuration.chain();
    CompactBits bits =
        target == null ? TargetOptions.compact(chain.difficulty()) : target.compact();
    requireNoTarget(chain.rules());
    long blocks = blocks();
    if (maxWait != null && contents.pool == null) {
      throw new UsageException("--max-wait is for --transactions; leave it out with --data");
    }
    StopSignal deadline = options.deadline();
    OwnChain.Settings settings =
        new OwnChain.Settings(
            bits, chain.miner(), options.mode(), chain.tipInterval(), chain.versionBits());
    Optional<Sizing> sized =
        sizing.of("mine", configuration, options, bits.toTarget(), Long.MAX_VALUE);
    try (JobSession session = JobSession.start("mine", configuration, sized, common.quiet())) {
      @Nullable Pool pool = contents.pool == null ? null : session.storage().pool(contents.pool);
      Warehouse warehouse = session.storage().warehouse();
      BlockStore store = session.chain();
      BlockContents mined = pool == null ? data() : pooled(pool, store, warehouse, chain);
      try (OwnChain source = new OwnChain(store, mined, settings, session.events(), blocks)) {
        return WorkLoop.in(
                session, "mine", options.settings(), options.json(), spec.commandLine().getOut())
            .run(source, deadline.or(Interruption.signal()).or(session.costLimit()))
            .code();
      }
    }
  }

  private BlockContents data() {
    return BlockContents.of(Transaction.ofText(contents.data == null ? "" : contents.data));
  }

  private BlockContents pooled(
      Pool pool, BlockStore store, Warehouse warehouse, Configuration.Chain chain) {
    Duration patience = maxWait == null ? chain.maxWait() : maxWait;
    return new PoolContents(
        pool,
        new Branch(store::block),
        new WarehouseJournal(warehouse, chain.miner()),
        new PoolContents.Settings(
            chain.blockTransactions(), patience, common.configuration().pool().interval()),
        waiting -> {
          if (!common.quiet()) {
            System.err.printf(
                "golden-nonce mine: %d of %d transactions; waiting for more%n",
                waiting, chain.blockTransactions());
          }
        },
        refused ->
            System.err.printf(
                "golden-nonce mine: %d %s rejected; see sql \"SELECT source, position,"
                    + " reason FROM rejected\"%n",
                refused, refused == 1 ? "record of the pool was" : "records of the pool were"));
  }

  private void requireNoTarget(Configuration.Rules rules) {
    if (target != null && rules.retargetWindow() != 0) {
      throw new UsageException(
          ("--difficulty, --bits and --target can't be used with retargeting"
                  + " (chain.retarget-window = %s); the difficulty starts with"
                  + " chain.genesis-difficulty")
              .formatted(rules.retargetWindow()));
    }
  }

  private long blocks() {
    if (count == null) {
      return 1;
    }
    if (count.forever) {
      return Long.MAX_VALUE;
    }
    UsageException.requireAtLeast(1, "--blocks", count.blocks);
    return count.blocks;
  }
}
