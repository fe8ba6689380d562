package io.goldennonce.node;

import io.goldennonce.bitcoin.HeaderFamily;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.SearchTemplate;

/** The search for a Bitcoin block: variant {@code v} is the header with extranonce {@code v}. */
record NodeSearch(long height, HeaderFamily headers, int versionMask) implements SearchTemplate {
  BlockHeader at(long position) {
    return BlockHeader.parse(variant(variantAt(position)).message(nonceAt(position)));
  }

  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(headers.header(variant).toBytes(), versionMask);
  }

  @Override
  public long variants() {
    return Long.MAX_VALUE;
  }

  @Override
  public String canonicalText() {
    String mask = versionMask == 0 ? "" : " version mask " + Integer.toHexString(versionMask);
    return "bitcoin block %s %s%s".formatted(height, headers.header(0).toHex(), mask);
  }
}
