package io.goldennonce.work;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A block of the own chain to be found. */
final class OwnBlock implements Work {
  private final BlockSearch block;
  private final BlockTemplate template;
  private final SearchSpec search;
  private final StopSignal outdated;
  private final End end;

  /** What comes after the search. */
  interface End {
    /** It found the block. */
    void found(Block block);

    /** This block is no longer searched. */
    void givenUp();

    /** Whether another block is the tip by now: looks. */
    boolean isOutdated();

    /** Another process looks for this very block. */
    void taken();

    /** Whether an earlier process may have looked for it. */
    boolean isResumed();

    /** The search takes a while: a restart should continue with the same header. */
    void started();
  }

  OwnBlock(BlockSearch block, ResultMode mode, StopSignal outdated, End end) {
    this.block = block;
    this.template = block.block();
    this.search = SearchSpec.of(block, template.target(), mode);
    this.outdated = outdated;
    this.end = end;
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
    boolean dropped = end.isOutdated();
    if (dropped) {
      end.givenUp();
    }
    return dropped;
  }

  @Override
  public boolean isNew() {
    return !end.isResumed();
  }

  @Override
  public void started() {
    end.started();
  }

  @Override
  public boolean giveWay() {
    end.taken();
    return true;
  }

  /** The block is stored before anything is reported. */
  @Override
  public Delivery deliver(SearchResult result) {
    Optional<Block> found = block(result);
    if (found.isPresent()) {
      return Delivery.stored(result, facts(found.get()), () -> end.found(found.get()));
    }
    if (result.outcome() == Outcome.OUTDATED) {
      end.givenUp();
    }
    return Delivery.of(result, Map.of("height", template.height()));
  }

  private Optional<Block> block(SearchResult result) {
    return result
        .found()
        .map(
            (Solution solution) ->
                template.solve(
                    block.extraNonce(solution.variant()),
                    solution.nonce(),
                    search.id(),
                    result.startedAt().plus(result.elapsed())));
  }

  private static Map<String, Object> facts(Block block) {
    BlockHeader header = block.header();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("height", block.height());
    facts.put("hash", block.hash().toDisplay());
    facts.put("previous_hash", header.previousHash().toDisplay());
    facts.put("merkle_root", header.merkleRoot().toDisplay());
    facts.put("version", header.version());
    facts.put("time", header.time());
    facts.put("bits", header.bits().toString());
    facts.put("nonce", header.nonce());
    facts.put("extra_nonce", block.extraNonce());
    facts.put("header", header.toHex());
    facts.put("difficulty", Difficulty.ofTarget(header.target()).value());
    facts.put("chain_work", block.chainWork().toHex());
    facts.put("miner", block.miner());
    facts.put("mined_at", block.minedAt().toString());
    return facts;
  }
}
