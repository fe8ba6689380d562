package io.goldennonce.kernel.cpu;

/**
 * Allocates arrays that G1 does not move: it gives an object above half a region regions of its
 * own, where it starts on a cache line and stays. Nothing promises either, and other collectors do
 * move it, so all that is at stake is speed.
 */
final class StableArrays {
  /** G1 divides a heap into at most 2048 regions. */
  private static final long HALF_REGION =
      Long.highestOneBit(Runtime.getRuntime().maxMemory() / 2048);

  /** The most that an array is enlarged to. */
  private static final int MOST_BYTES = 1 << 22;

  private StableArrays() {}

  /** An array of at least this many zeros. */
  static int[] ofInts(int least) {
    return new int[Math.max(least, (int) Math.min(HALF_REGION, MOST_BYTES) / Integer.BYTES)];
  }
}
