package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Shares;

/**
 * Where the shares of a simulated search are, as nobody can hash as much as a simulated cluster:
 * one in each cell of positions, at random.
 *
 * @param cellBits the size of a cell, as a power of two
 */
record SimulatedShares(int cellBits) {
  /** Returns the true shares in a range. */
  Shares in(NonceRange range, int bits) {
    Shares shares = Shares.none(bits);
    for (long cell = range.from() >>> cellBits; cell << cellBits < range.to(); cell++) {
      long position = position(cell);
      if (range.contains(position)) {
        shares = shares.plus(position, zeroBitsAt(position));
      }
    }
    return shares;
  }

  boolean areTrue(Shares shares) {
    return shares
        .positions()
        .allMatch(
            position ->
                position == position(position >>> cellBits)
                    && zeroBitsAt(position) >= shares.bits());
  }

  private long position(long cell) {
    return (cell << cellBits) + (mix(cell) >>> (Long.SIZE - cellBits));
  }

  /** Returns the leading zero bits of the share in a position's cell. */
  int zeroBitsAt(long position) {
    return cellBits + Long.numberOfLeadingZeros(mix(~(position >>> cellBits)));
  }

  /** Returns a number from 0 to 1 that depends on another in no obvious way. */
  static double random(long seed) {
    return (mix(seed) >>> 11) * 0x1p-53;
  }

  /** SplitMix64's. */
  private static long mix(long seed) {
    long z = (seed + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
