package io.goldennonce.work;

import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.SearchTemplate;

/**
 * The search for a block of the own chain: variant {@code v} is the header with extranonce {@code
 * v}, so that the keyspace goes on past the header's 2³² nonces.
 *
 * @param block the block to be
 */
public record BlockSearch(BlockTemplate block) implements SearchTemplate {
  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(block.header(variant).toBytes());
  }

  @Override
  public long variants() {
    return Long.MAX_VALUE;
  }

  @Override
  public String canonicalText() {
    return "block " + block.height() + " " + block.header(0).toHex();
  }
}
