package io.goldennonce.work;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The search for the next block of the own chain. */
final class OwnBlock implements Work {
  private final BlockSearch block;
  private final BlockTemplate template;
  private final SearchSpec search;
  private final StopSignal outdated;
  private final OwnChain chain;
  private final String name;
  private final BlockStore.Start start;
  private final boolean resumed;
  private volatile boolean givenUp;

  /**
   * @param outdated stops once another block is the tip
   * @param name the name under which its start is saved
   * @param resumed whether an earlier process has saved the start
   */
  OwnBlock(
      BlockTemplate template,
      ResultMode mode,
      StopSignal outdated,
      OwnChain chain,
      String name,
      BlockStore.Start start,
      boolean resumed) {
    this.template = template;
    this.block = new BlockSearch(template, start.part(), start.versionBits());
    this.search = SearchSpec.of(block, template.target(), mode);
    this.outdated = outdated;
    this.chain = chain;
    this.name = name;
    this.start = start;
    this.resumed = resumed;
  }

  @Override
  public SearchSpec search() {
    return search;
  }

  @Override
  public String title() {
    return "block " + template.height();
  }

  @Override
  public StopSignal outdated() {
    return outdated;
  }

  @Override
  public boolean dropIfOutdated() {
    chain.blocks().look();
    boolean isOutdated = outdated.reason().isPresent();
    if (isOutdated) {
      giveUp();
    }
    return isOutdated;
  }

  private void giveUp() {
    givenUp = true;
    chain.blocks().ended(name);
  }

  @Override
  public boolean isNew() {
    return !resumed;
  }

  @Override
  public void started() {
    if (!givenUp) {
      chain.blocks().start(name, start);
    }
  }

  @Override
  public boolean giveWay() {
    chain.taken();
    return true;
  }

  /** Stores the block before anything is reported. */
  @Override
  public Delivery deliver(SearchResult result) {
    Optional<Block> found = block(result);
    if (found.isPresent()) {
      return Delivery.stored(result, facts(found.get()), () -> chain.found(found.get(), name));
    }
    if (result.outcome() == Outcome.OUTDATED) {
      giveUp();
    }
    return Delivery.of(result, Map.of("height", template.height()));
  }

  private Optional<Block> block(SearchResult result) {
    return result.found().map(solution -> block(solution, result));
  }

  private Block block(Solution solution, SearchResult result) {
    BlockHeader header = block.at(solution.position());
    return template.solve(
        header.version(),
        block.extraNonce(solution.variant()),
        header.nonce(),
        search.id(),
        result.startedAt().plus(result.elapsed()));
  }

  private static Map<String, Object> facts(Block block) {
    BlockHeader header = block.header();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("height", block.height());
    facts.put("hash", block.hash().toDisplay());
    Delivery.putHeader(facts, header, block.extraNonce());
    facts.put("chain_work", block.chainWork().toHex());
    facts.put("miner", block.miner());
    facts.put("mined_at", block.minedAt().toString());
    return facts;
  }
}
