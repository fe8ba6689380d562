package io.goldennonce.testing;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Valid blocks that take a few hashes. */
public final class Blocks {
  /** Regtest's target: every other hash meets it. */
  public static final CompactBits EASY = CompactBits.ofHex("207fffff");

  /** One hash of 256: such a block outweighs many easy ones. */
  public static final CompactBits HARDER = CompactBits.ofHex("2000ffff");

  private Blocks() {}

  /** A block with one transaction on top of a parent. */
  public static Block block(
      @Nullable ChainTip parent, String data, CompactBits bits, Instant minedAt) {
    BlockTemplate template =
        BlockTemplate.of(parent, List.of(Transaction.ofText(data)), bits, 1_700_000_000, "a miner");
    long nonce = 0;
    while (!template.header(0).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    return template.solve(0, nonce, "0123456789abcdef", minedAt);
  }
}
