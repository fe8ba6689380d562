package io.goldennonce.kernel.gpu;

import java.util.Optional;

/** A GPU that runs programs. Thread-safe. */
interface Device {
  /** What its maker calls it, for users. */
  String name();

  /** What its driver says of it, if it says anything. */
  default Optional<Nvml.Usage> usage() {
    return Optional.empty();
  }

  /**
   * Compiles a program for this device, which takes up to some seconds.
   *
   * @throws DeviceException if the device or its driver refuses
   */
  Executable compile(Program program);

  /** A program on its device. Thread-safe. */
  interface Executable {
    /**
     * A queue of launches, with buffers of its own.
     *
     * @throws DeviceException if the device has no room for it
     */
    LaunchSlot newSlot();

    /** What the compiler made of it: registers and the like, for reports; may be empty. */
    String description();
  }

  /** Runs one launch at a time, beside those of other slots. Not thread-safe. */
  interface LaunchSlot {
    /**
     * Starts to compute a program's result for {@code count} nonce words from {@code first} on, and
     * to collect those whose result has zeros under a mask. Returns at once.
     *
     * @param constants the program's launch constants
     * @param first the first nonce word; the following ones wrap past 2³²−1
     * @param count 1 to {@link #MOST_NONCES}
     * @throws DeviceException if the device fails
     */
    void launch(int[] constants, int first, int count, int mask);

    /**
     * Whether the launch has ended, well or not.
     *
     * @throws DeviceException if the device fails
     */
    boolean isDone();

    /**
     * What the launch that has ended found.
     *
     * @return how many nonce words lie between the launch's first and each hit, in no order
     * @throws DeviceException if the launch failed, or found more than {@link #MOST_HITS}
     */
    int[] hits();
  }

  /** The most hits that a launch can report. */
  int MOST_HITS = 63;

  /** Words of the buffer for hits: how many there are, then each. */
  int HIT_WORDS = MOST_HITS + 1;

  /** The most nonces of a launch. */
  int MOST_NONCES = 1 << 30;

  /**
   * Reads the buffer for hits.
   *
   * @param words {@link #HIT_WORDS} words
   */
  static int[] hits(int[] words) {
    if (words[0] < 0 || words[0] > MOST_HITS) {
      throw new DeviceException(
          "a launch must report at most "
              + MOST_HITS
              + " nonces, got "
              + Integer.toUnsignedString(words[0]));
    }
    return java.util.Arrays.copyOfRange(words, 1, 1 + words[0]);
  }
}
