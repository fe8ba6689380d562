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
import io.goldennonce.store.Warehouse;
import io.goldennonce.store.WarehouseLedger;
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
  @Spec private CommandSpec spec;
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
    options.requireKernel(configuration.search().kernel());
    StopSignal deadline = options.deadline();
    try (JobSession session = JobSession.start("mine", configuration, common.quiet())) {
      Warehouse warehouse = session.warehouse();
      session.showChain(new BlockTable(warehouse));
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
    @Nullable ChainTip tip = blockTable.tip().orElse(null);
    String pending = pendingName(tip, bits, chain.miner());
    BlockTemplate template = template(tip, bits, chain.miner(), warehouse.blockBegun(pending));
    SearchSpec search = SearchSpec.of(new BlockSearch(template), template.target(), options.mode());
    try (WarehouseLedger ledger = session.ledger(search, options, true)) {
      SearchResult result =
          session.search(
              search,
              ledger,
              options,
              deadline,
              "block " + template.height(),
              ended -> print(template, search, ended));
      if (result.found().isPresent()) {
        Block block = block(template, search, result.found().get(), result);
        session.mined(block);
        blockTable.append(session.sql(), block);
        warehouse.blockEnded(pending);
      }
      session.record("mine", search, result);
      return ExitCode.of(result.outcome());
    }
  }

  private BlockTemplate template(
      @Nullable ChainTip tip, CompactBits bits, String miner, Instant begun) {
    // A chain's clock never runs backwards, even where a machine's does.
    long time = Math.max(begun.getEpochSecond(), tip == null ? 0 : tip.time());
    return BlockTemplate.of(tip, List.of(Transaction.ofText(data)), bits, time, miner);
  }

  /** The same for the same block to be, whenever it was begun. */
  private String pendingName(@Nullable ChainTip tip, CompactBits bits, String miner) {
    BlockTemplate timeless = template(tip, bits, miner, Instant.EPOCH);
    return timeless.header(0).hash().toDisplay();
  }

  /** The block of a solution: the same whenever it is asked for. */
  private static Block block(
      BlockTemplate template, SearchSpec search, Found found, SearchResult result) {
    Instant minedAt = result.startedAt().plus(result.elapsed());
    return template.solve(found.variant(), found.nonce(), search.id(), minedAt);
  }

  private void print(BlockTemplate template, SearchSpec search, SearchResult result) {
    Fields fields =
        result
            .found()
            .map(found -> fields(block(template, search, found, result)))
            .orElseGet(() -> new Fields().with("height", template.height()))
            .with(search, result);
    spec.commandLine().getOut().println(options.json() ? fields.toJson() : fields.toText());
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
}
