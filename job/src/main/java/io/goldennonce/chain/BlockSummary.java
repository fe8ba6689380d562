package io.goldennonce.chain;

import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Hash256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What a list of blocks shows of one.
 *
 * @param height blocks before it
 * @param hash its hash
 * @param previousHash its parent's hash
 * @param difficulty as Bitcoin counts it
 * @param nonce 0 to 2³² − 1
 * @param miner who found it
 * @param minedAt when
 * @param text its first transaction as UTF-8, cut off where it is long; empty where it has none.
 *     Anybody may have written it: it is no markup
 */
public record BlockSummary(
    long height,
    Hash256 hash,
    Hash256 previousHash,
    double difficulty,
    long nonce,
    String miner,
    Instant minedAt,
    String text) {
  private static final int MAX_TEXT = 120;

  /** Of a block. */
  public static BlockSummary of(Block block) {
    return new BlockSummary(
        block.height(),
        block.hash(),
        block.header().previousHash(),
        Difficulty.ofTarget(block.header().target()).value(),
        block.header().nonce(),
        block.miner(),
        block.minedAt(),
        text(block.transactions().stream().map(Transaction::payload).toList()));
  }

  /** What is shown of transactions. */
  public static String text(List<byte[]> payloads) {
    if (payloads.isEmpty()) {
      return "";
    }
    String text = new String(payloads.get(0), StandardCharsets.UTF_8);
    return text.codePointCount(0, text.length()) <= MAX_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)) + "…";
  }
}
