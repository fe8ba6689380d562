package io.goldennonce.testing;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
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

  /** A block of which only height, hash and work matter. */
  public static BlockIndexEntry entry(long height, Hash256 hash, ChainWork work) {
    return new BlockIndexEntry(height, hash, Hash256.ZERO, 0, EASY, work, Instant.EPOCH);
  }

  /** A block with one transaction on top of a parent. */
  public static Block block(
      @Nullable BlockIndexEntry parent, String data, CompactBits bits, Instant minedAt) {
    BlockTemplate template =
        BlockTemplate.of(parent, List.of(Transaction.ofText(data)), bits, 1_700_000_000, "a miner");
    long nonce = 0;
    while (!template.header(0).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    return template.solve(0, nonce, "0123456789abcdef", minedAt);
  }
}
