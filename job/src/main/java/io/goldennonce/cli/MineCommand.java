package io.goldennonce.cli;

import io.goldennonce.chain.Transaction;
import io.goldennonce.config.Configuration;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.StopSignal;
import io.goldennonce.store.WarehouseChain;
import io.goldennonce.work.BlockContents;
import io.goldennonce.work.OwnChain;
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
final class MineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();
  @Mixin private SizingOptions sizing = new SizingOptions();

  @Option(
      names = "--data",
      paramLabel = "TEXT",
      required = true,
      description = "What each block holds: one transaction with this text.")
  private String data = "";

  @ArgGroup(exclusive = true)
  private @Nullable TargetOptions target;

  @ArgGroup(exclusive = true)
  private @Nullable Count count;

  /** How many blocks. */
  private static final class Count {
    @Option(
        names = "--blocks",
        paramLabel = "N",
        required = true,
        description = "Mine so many blocks in a row; default: 1.")
    private long blocks = 1;

    @Option(
        names = "--forever",
        required = true,
        description = "Mine until stopped, by Ctrl-C or --timeout.")
    private boolean forever;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = common.configuration();
    Configuration.Chain chain = configuration.chain();
    CompactBits bits =
        target == null ? TargetOptions.compact(chain.difficulty()) : target.compact();
    long blocks = blocks();
    options.requireKernel(configuration.search().kernel());
    StopSignal deadline = options.deadline();
    OwnChain.Settings settings =
        new OwnChain.Settings(bits, chain.miner(), options.mode(), chain.tipInterval());
    Optional<Sizing> sized =
        sizing.of("mine", configuration, options, bits.toTarget(), Long.MAX_VALUE);
    try (JobSession session = JobSession.start("mine", configuration, sized, common.quiet());
        OwnChain source =
            new OwnChain(
                new WarehouseChain(session.warehouse(), session::sql),
                BlockContents.of(Transaction.ofText(data)),
                settings,
                blocks)) {
      return new WorkLoop("mine", session, options, spec.commandLine().getOut())
          .run(source, deadline)
          .code();
    }
  }

  private long blocks() {
    if (count == null) {
      return 1;
    }
    if (count.forever) {
      return Long.MAX_VALUE;
    }
    if (count.blocks < 1) {
      throw new UsageException("--blocks must be 1 or more, got " + count.blocks);
    }
    return count.blocks;
  }
}
