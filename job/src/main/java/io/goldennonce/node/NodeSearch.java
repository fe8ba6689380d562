package io.goldennonce.node;

import io.goldennonce.bitcoin.HeaderFamily;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.SearchTemplate;

/**
 * The search for a Bitcoin block: variant {@code v} is the header with extranonce {@code v}.
 *
 * @param height the block's, for its name
 * @param headers its headers
 */
record NodeSearch(long height, HeaderFamily headers) implements SearchTemplate {
  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(headers.header(variant).toBytes());
  }

  @Override
  public long variants() {
    return Long.MAX_VALUE;
  }

  @Override
  public String canonicalText() {
    return "bitcoin block " + height + " " + headers.header(0).toHex();
  }
}
