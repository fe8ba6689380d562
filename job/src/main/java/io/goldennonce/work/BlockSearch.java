package io.goldennonce.work;

import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.SearchTemplate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The search for a block of the own chain: variant {@code v} is the header with the {@code v}th
 * extranonce of a part. So the keyspace continues past the header's 2³² nonces, and processes that
 * search the same block can search different headers.
 *
 * @param block the template of the block
 * @param part the index of a part of 2⁴⁰ extranonces, from 0
 * @param versionBits number of version bits that roll, 0 to 4
 */
public record BlockSearch(BlockTemplate block, long part, int versionBits)
    implements SearchTemplate {
  private static final int PART_BITS = 40;

  /** Number of parts. */
  static final long PARTS = 1L << (63 - PART_BITS);

  /** A search with a fixed version. */
  public BlockSearch(BlockTemplate block, long part) {
    this(block, part, 0);
  }

  /** The search for a block with a fixed version that may find an extranonce. */
  public static BlockSearch finding(BlockTemplate block, long extraNonce) {
    return new BlockSearch(block, extraNonce >>> PART_BITS);
  }

  /** The searches that may find an extranonce with a version. */
  public static Stream<BlockSearch> finding(BlockTemplate block, long extraNonce, int version) {
    int rolled = version ^ BlockTemplate.VERSION;
    return IntStream.rangeClosed(0, NonceTemplate.MOST_VERSION_BITS)
        .mapToObj(bits -> new BlockSearch(block, extraNonce >>> PART_BITS, bits))
        .filter(search -> (rolled & ~search.versionMask()) == 0);
  }

  /** Returns the lowest extranonce of the part that has an extranonce. */
  public static long firstExtraNonce(long extraNonce) {
    return extraNonce >>> PART_BITS << PART_BITS;
  }

  long extraNonce(long variant) {
    return (part << PART_BITS) + variant;
  }

  private int versionMask() {
    return NonceTemplate.versionMask(BlockHeader.FREE_VERSION_BITS, versionBits);
  }

  /** Returns the header at a position. */
  public BlockHeader at(long position) {
    return BlockHeader.parse(variant(variantAt(position)).message(nonceAt(position)));
  }

  @Override
  public NonceTemplate variant(long variant) {
    return NonceTemplate.ofHeader(block.header(extraNonce(variant)).toBytes(), versionMask());
  }

  @Override
  public long variants() {
    return 1L << PART_BITS;
  }

  @Override
  public String canonicalText() {
    String mask = versionBits == 0 ? "" : " version mask " + Integer.toHexString(versionMask());
    return "block " + block.height() + " " + block.header(extraNonce(0)).toHex() + mask;
  }
}
