package io.goldennonce.cli;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.Transaction;
import io.goldennonce.config.Configuration;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.search.Found;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.store.BlockTable;
import io.goldennonce.store.SearchTable;
import io.goldennonce.store.Warehouse;
import io.goldennonce.work.BlockSearch;
import java.time.Instant;
import java.util.List;
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
  @Spec private @Nullable CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();

  @Option(
      names = "--data",
      paramLabel = "TEXT",
      required = true,
      description = "What each block holds: one transaction with this text.")
  private String data = "";

  @ArgGroup(exclusive = true)
  private @Nullable TargetOptions target;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "1",
      description = "Mine so many blocks in a row.")
  private int blocks = 1;

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = common.configuration();
    CompactBits bits =
        target == null
            ? TargetOptions.compact(configuration.chain().difficulty())
            : target.compact();
    if (blocks < 1) {
      throw new UsageException("--blocks must be 1 or more, got " + blocks);
    }
    StopSignal deadline = options.deadline();
    try (JobSession session = JobSession.start("mine", configuration, common.quiet())) {
      Warehouse warehouse = session.warehouse();
      for (int i = 0; i < blocks; i++) {
        ExitCode code = mineOne(session, warehouse, configuration.chain(), bits, deadline);
        if (code != ExitCode.OK) {
          return code.code();
        }
      }
    }
    return ExitCode.OK.code();
  }

  private ExitCode mineOne(
      JobSession session,
      Warehouse warehouse,
      Configuration.Chain chain,
      CompactBits bits,
      StopSignal deadline)
      throws InterruptedException {
    BlockTable blockTable = new BlockTable(warehouse);
    BlockTemplate template = template(blockTable.tip().orElse(null), chain, bits);
    SearchSpec search = SearchSpec.of(new BlockSearch(template), template.target(), options.mode());
    SearchResult result =
        session.search(search, options, deadline, "mining block " + template.height());
    if (result.found().isPresent()) {
      Found found = result.found().get();
      Block block = template.solve(found.variant(), found.nonce(), search.id(), Instant.now());
      print(fields(block).with(search, result));
      blockTable.append(session.sql(), block);
    } else {
      print(new Fields().with("height", template.height()).with(search, result));
    }
    new SearchTable(warehouse).append(session.sql(), "mine", search, result);
    return ExitCode.of(result.outcome());
  }

  private BlockTemplate template(
      @Nullable ChainTip tip, Configuration.Chain chain, CompactBits bits) {
    long now = Instant.now().getEpochSecond();
    // A chain's clock never runs backwards, even where a machine's does.
    long time = tip == null ? now : Math.max(now, tip.time());
    return BlockTemplate.of(tip, List.of(Transaction.ofText(data)), bits, time, chain.miner());
  }

  private static Fields fields(Block block) {
    BlockHeader header = block.header();
    return new Fields()
        .with("height", block.height())
        .with("hash", block.hash().toDisplay())
        .with("previous_hash", header.previousHash().toDisplay())
        .with("merkle_root", header.merkleRoot().toDisplay())
        .with("version", header.version())
        .with("time", header.time())
        .with("bits", header.bits().toString())
        .with("nonce", header.nonce())
        .with("extra_nonce", block.extraNonce())
        .with("header", header.toHex())
        .with("difficulty", Difficulty.ofTarget(header.target()).value())
        .with("chain_work", block.chainWork().toHex())
        .with("miner", block.miner())
        .with("mined_at", block.minedAt().toString());
  }

  private void print(Fields fields) {
    if (spec != null) {
      spec.commandLine().getOut().println(options.json() ? fields.toJson() : fields.toText());
    }
  }
}
