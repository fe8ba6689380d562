package io.goldennonce.chain;

import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Hash256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The part of a block that lists show.
 *
 * @param height number of blocks before it
 * @param hash its hash
 * @param previousHash its parent's hash
 * @param difficulty Bitcoin's difficulty
 * @param nonce 0 to 2³² − 1
 * @param miner the miner
 * @param minedAt when it was mined
 * @param text its first transaction as UTF-8, truncated if long; empty if there is none. Untrusted
 *     input: escape it before display
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

  /** Summarizes a block. */
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

  /** The text shown for a block's transactions. */
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
