package io.goldennonce.kernel.cpu;

/**
 * Allocates arrays that G1 does not move: an object larger than half a region gets regions of its
 * own, starts on a cache line, and stays there. This is not specified, and other collectors do move
 * such objects; only speed depends on it.
 */
final class StableArrays {
  /** G1 divides a heap into at most 2048 regions. */
  private static final long HALF_REGION =
      Long.highestOneBit(Runtime.getRuntime().maxMemory() / 2048);

  /** Maximum size to which an array is enlarged. */
  private static final int MOST_BYTES = 1 << 22;

  private StableArrays() {}

  /** Allocates an array of at least the given length. */
  static int[] ofInts(int least) {
    return new int[Math.max(least, (int) Math.min(HALF_REGION, MOST_BYTES) / Integer.BYTES)];
  }
}
