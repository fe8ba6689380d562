package io.goldennonce.work;

import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.SearchTemplate;

/**
 * The search for a block of the own chain: variant {@code v} is the header with the {@code v}th
 * extranonce, so that the keyspace goes on past the header's 2³² nonces.
 *
 * @param block the block to be
 * @param firstExtraNonce that of variant 0: 0 or more
 */
public record BlockSearch(BlockTemplate block, long firstExtraNonce) implements SearchTemplate {
  /** The extranonce of a variant. */
  long extraNonce(long variant) {
    return firstExtraNonce + variant;
  }

  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(block.header(extraNonce(variant)).toBytes());
  }

  @Override
  public long variants() {
    return Long.MAX_VALUE - firstExtraNonce;
  }

  @Override
  public String canonicalText() {
    return "block " + block.height() + " " + block.header(firstExtraNonce).toHex();
  }
}
