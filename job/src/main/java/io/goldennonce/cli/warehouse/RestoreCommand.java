package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ConfiguredChain;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.audit.WarehouseAudit;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.ChainState;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Fields;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Difficulty;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reconstructs the state of a chain from its blocks alone. */
@Command(
    name = "restore",
    description =
        "Reconstruct the state of the chain from its blocks alone: what the next miner needs.",
    sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The warehouse; the same as --warehouse.")
  private @Nullable String path;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of latest blocks to show; default: 10.")
  private int last = 10;

  @Option(names = "--json", description = "Print everything as one JSON object.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(path);
    UsageException.requireAtLeast(0, "--last", last);
    try (JobSession session = JobSession.start("restore", configuration, true)) {
      ChainState state =
          WarehouseAudit.restore(
              session.context(),
              session.storage().existingWarehouse(),
              ConfiguredChain.rules(configuration));
      print(state);
      return ExitCode.OK.code();
    }
  }

  private void print(ChainState state) {
    PrintWriter out = common.out();
    @Nullable BlockIndexEntry tip = state.tip().orElse(null);
    @Nullable CompactBits bits = state.nextBits();
    Fields fields =
        new Fields()
            .with("height", tip == null ? null : tip.height())
            .with("hash", tip == null ? null : tip.hash().toDisplay())
            .with("time", tip == null ? null : tip.time())
            .with("bits", tip == null ? null : tip.bits().toString())
            .with("chain_work", tip == null ? null : tip.chainWork().toHex())
            .with("next_bits", bits == null ? null : bits.toString())
            .with("blocks", state.chain().size() + state.stale())
            .with("stale_blocks", state.stale());
    List<Fields> blocks = state.last(last).stream().map(RestoreCommand::row).toList();
    if (json) {
      out.println(fields.with("last_blocks", blocks).toJson());
      return;
    }
    out.println(fields.toText());
    if (!blocks.isEmpty()) {
      out.println();
      Fields.print(blocks, false, out);
    }
  }

  private static Fields row(BlockIndexEntry link) {
    return new Fields()
        .with("height", link.height())
        .with("hash", link.hash().toDisplay())
        .with("time", Instant.ofEpochSecond(link.time()).toString())
        .with("bits", link.bits().toString())
        .with("difficulty", Difficulty.ofTarget(link.bits().toTarget()).value())
        .with("mined_at", link.minedAt().toString());
  }
}
