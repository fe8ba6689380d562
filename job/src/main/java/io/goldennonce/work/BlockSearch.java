package io.goldennonce.work;

import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.SearchTemplate;

/**
 * The search for a block of the own chain: variant {@code v} is the header with the {@code v}th
 * extranonce of a part, so that the keyspace continues past the header's 2³² nonces, and those who
 * look for the very same block need not look at the same headers.
 *
 * @param block the block to be
 * @param part which 2⁴⁰ of its extranonces, counted from 0; a search has no use for more
 */
public record BlockSearch(BlockTemplate block, long part) implements SearchTemplate {
  private static final int PART_BITS = 40;

  /** How many parts there are. */
  static final long PARTS = 1L << (63 - PART_BITS);

  public static BlockSearch finding(BlockTemplate block, long extraNonce) {
    return new BlockSearch(block, extraNonce >>> PART_BITS);
  }

  /** The lowest extranonce of the part that an extranonce is in. */
  public static long firstExtraNonce(long extraNonce) {
    return extraNonce >>> PART_BITS << PART_BITS;
  }

  long extraNonce(long variant) {
    return (part << PART_BITS) + variant;
  }

  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(block.header(extraNonce(variant)).toBytes());
  }

  @Override
  public long variants() {
    return 1L << PART_BITS;
  }

  @Override
  public String canonicalText() {
    return "block " + block.height() + " " + block.header(extraNonce(0)).toHex();
  }
}
