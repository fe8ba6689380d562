package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Target;
import java.time.Instant;
import java.util.List;

/**
 * A chain's first block, which follows from the chain's configuration alone, down to its nonce: the
 * lowest that meets its target. So all miners of a chain derive the same one without communication.
 *
 * <p>With a {@link Retarget} rule, its bits are the easiest that the chain allows.
 */
public final class Genesis {
  /** The largest difficulty: a machine solves it in minutes. */
  public static final int MAX_ZERO_BITS = 32;

  /** The search id of the genesis block, which no search found. */
  public static final String SEARCH_ID = "genesis";

  /** The genesis block has no miner. */
  private static final String MINER = "";

  private Genesis() {}

  /**
   * Computes the block. Takes about 2^zeroBits hashes, at about a million per second.
   *
   * @param time its header's time, in seconds since 1970
   * @param data the text of its single transaction
   * @param zeroBits leading zero bits of its hash, 0 to {@link #MAX_ZERO_BITS}
   * @throws IllegalArgumentException outside these ranges
   */
  public static Block block(Instant time, String data, int zeroBits) {
    if (zeroBits < 0 || zeroBits > MAX_ZERO_BITS) {
      throw new IllegalArgumentException(
          "a first block must have from 0 to " + MAX_ZERO_BITS + " zero bits, got " + zeroBits);
    }
    CompactBits bits = CompactBits.nearest(Target.ofZeroBits(zeroBits));
    BlockTemplate template =
        BlockTemplate.of(
            null, List.of(Transaction.ofText(data)), bits, time.getEpochSecond(), MINER);
    for (long extraNonce = 0; ; extraNonce++) {
      var header = template.header(extraNonce);
      for (long nonce = 0; nonce < 1L << 32; nonce++) {
        if (header.withNonce(nonce).meetsTarget()) {
          return template.solve(extraNonce, nonce, SEARCH_ID, time);
        }
      }
    }
  }
}
