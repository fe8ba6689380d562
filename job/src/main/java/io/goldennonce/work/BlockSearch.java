package io.goldennonce.work;

import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.SearchTemplate;

/**
 * The search for a block of the own chain: variant {@code v} is the header with the {@code v}th
 * extranonce of a part. So the keyspace continues past the header's 2³² nonces, and processes that
 * search the same block can search different headers.
 *
 * @param block the template of the block
 * @param part the index of a part of 2⁴⁰ extranonces, from 0
 */
public record BlockSearch(BlockTemplate block, long part) implements SearchTemplate {
  private static final int PART_BITS = 40;

  /** Number of parts. */
  static final long PARTS = 1L << (63 - PART_BITS);

  public static BlockSearch finding(BlockTemplate block, long extraNonce) {
    return new BlockSearch(block, extraNonce >>> PART_BITS);
  }

  /** Returns the lowest extranonce of the part that has an extranonce. */
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
