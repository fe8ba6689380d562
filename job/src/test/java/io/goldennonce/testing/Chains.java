package io.goldennonce.testing;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Retarget;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.work.BlockSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sound chains of blocks that take a few hashes. */
public final class Chains {
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** The first block of {@link #RULES} and {@link #RETARGETED}: easy, as nobody waits for tests. */
  public static final Block GENESIS = Genesis.block(BEGIN, "a test", 1);

  /** Each miner chooses how hard a block is. */
  public static final ChainRules RULES = new ChainRules(Retarget.FIXED, GENESIS);

  /** Difficulty changes every 4 blocks towards a block in 10 s. */
  public static final ChainRules RETARGETED = new ChainRules(new Retarget(4, 10, 4), GENESIS);

  private Chains() {}

  /** A block as a miner makes it, found a second after its header's time. */
  public static Block block(
      BlockIndexEntry parent,
      CompactBits bits,
      long time,
      List<String> transactions,
      String miner) {
    return block(parent, bits, time, transactions, miner, 0);
  }

  /** With an extra nonce. */
  public static Block block(
      BlockIndexEntry parent,
      CompactBits bits,
      long time,
      List<String> transactions,
      String miner,
      long extraNonce) {
    BlockTemplate template =
        BlockTemplate.of(
            parent, transactions.stream().map(Transaction::ofText).toList(), bits, time, miner);
    var header = template.header(extraNonce);
    long nonce = 0;
    while (!header.withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    String id = SearchSpec.of(new BlockSearch(template, 0), template.target(), ResultMode.ANY).id();
    return template.solve(
        extraNonce, nonce, id, Instant.ofEpochSecond(time + 1).plusNanos(123_456_000));
  }

  /** The first block and N more, 7 s each, with 0 to 6 transactions. */
  public static List<Block> chain(int blocks, CompactBits bits) {
    List<Block> chain = new ArrayList<>(List.of(GENESIS));
    for (int i = 1; i <= blocks; i++) {
      List<String> transactions = new ArrayList<>();
      for (int j = 0; j < i % 7; j++) {
        transactions.add("payment " + i + "-" + j);
      }
      BlockIndexEntry tip = chain.get(i - 1).indexEntry();
      chain.add(
          block(tip, bits, tip.time() + 7, transactions, "miner " + i % 3, i % 2 == 0 ? 0 : i));
    }
    return chain;
  }
}
