package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.kernel.gpu.program.Program;
import java.util.List;
import java.util.Optional;

/** A GPU that runs programs. Thread-safe. */
interface Device {
  String name();

  /**
   * Returns the usage reported by its driver, if any.
   *
   * @param id the device's id
   */
  default Optional<DeviceUsage> usage(String id) {
    return Optional.empty();
  }

  /**
   * Compiles a program for this device, which takes up to some seconds.
   *
   * @throws DeviceException if the device or its driver refuses
   */
  Executable compile(Program program);

  /** A program compiled for a device. Thread-safe. */
  interface Executable {
    /**
     * Creates a queue of launches with its own buffers.
     *
     * @throws DeviceException if the device has no memory for it
     */
    LaunchSlot newSlot();

    /** Returns what the compiler reports, such as registers; may be empty. */
    String description();
  }

  /** Runs one launch at a time, concurrently with other slots. Not thread-safe. */
  interface LaunchSlot {
    /**
     * Starts to compute a program's results for {@code count} nonce words from {@code first}, and
     * to collect those that have zeros under a mask. Returns immediately.
     *
     * @param constants the program's launch constants; several if it runs several times with each
     *     nonce word, for other versions
     * @param first the first nonce word; the next ones wrap around at 2³²
     * @param count at least 1, and at most {@link #MOST_NONCES} in all runs and versions
     * @throws DeviceException if the device fails
     */
    void launch(List<int[]> constants, int first, int count, int mask);

    /**
     * Whether the launch has ended, successfully or not.
     *
     * @throws DeviceException if the device fails
     */
    boolean isDone();

    /**
     * Returns the hits of a launch that has ended.
     *
     * @return the index of each hit, in no particular order, where all versions of a nonce word
     *     come before the next nonce word
     * @throws DeviceException if the launch failed, or found more than {@link #MOST_HITS}
     */
    int[] hits();
  }

  /** Maximum number of hits that a launch can report. */
  int MOST_HITS = 63;

  /** Words of the hit buffer: the number of hits, then each hit. */
  int HIT_WORDS = MOST_HITS + 1;

  /** Maximum number of nonces per launch, including versions. */
  int MOST_NONCES = 1 << 30;

  /**
   * Reads the hit buffer.
   *
   * @param words {@link #HIT_WORDS} words
   */
  static int[] hits(int[] words) {
    if (words[0] < 0 || words[0] > MOST_HITS) {
      throw new DeviceException(
          "a launch must report at most %s nonces, got %s"
              .formatted(MOST_HITS, Integer.toUnsignedString(words[0])));
    }
    return java.util.Arrays.copyOfRange(words, 1, 1 + words[0]);
  }
}
