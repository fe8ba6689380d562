package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ConfiguredChain;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.audit.WarehouseAudit;
import io.goldennonce.chain.ChainLink;
import io.goldennonce.chain.ChainState;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Fields;
import io.goldennonce.output.TextTable;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Difficulty;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where a chain stands, from its blocks alone. */
@Command(
    name = "restore",
    description = "Tell where the chain stands, from its blocks alone: what the next miner needs.",
    sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The warehouse; the same as --warehouse.")
  private @Nullable String path;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "10",
      description = "Show so many of the last blocks; default: 10.")
  private int last = 10;

  @Option(names = "--json", description = "Print all as one JSON object.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(path);
    if (last < 0) {
      throw new UsageException("--last must be 0 or more, got " + last);
    }
    try (JobSession session = JobSession.start("restore", configuration, true)) {
      ChainState state =
          WarehouseAudit.restore(
              session.context(), session.existingWarehouse(), ConfiguredChain.rules(configuration));
      print(state);
      return ExitCode.OK.code();
    }
  }

  private void print(ChainState state) {
    PrintWriter out = spec.commandLine().getOut();
    @Nullable ChainLink tip = state.tip().orElse(null);
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
    List<Map<String, Object>> blocks = state.last(last).stream().map(RestoreCommand::row).toList();
    if (json) {
      out.println(fields.with("last_blocks", blocks).toJson());
      return;
    }
    out.println(fields.toText());
    if (!blocks.isEmpty()) {
      out.println();
      TextTable.print(
          List.copyOf(blocks.get(0).keySet()),
          blocks.stream().map(row -> row.values().stream().map(String::valueOf).toList()).toList(),
          out);
    }
  }

  private static Map<String, Object> row(ChainLink link) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("height", link.height());
    row.put("hash", link.hash().toDisplay());
    row.put("time", Instant.ofEpochSecond(link.time()).toString());
    row.put("bits", link.bits().toString());
    row.put("difficulty", Difficulty.ofTarget(link.bits().toTarget()).value());
    row.put("mined_at", link.minedAt().toString());
    return row;
  }
}
