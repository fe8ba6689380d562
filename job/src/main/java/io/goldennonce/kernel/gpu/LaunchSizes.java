package io.goldennonce.kernel.gpu;

/**
 * Sizes launches: few nonces at first, then as many as the device tries in a target time.
 *
 * @param first nonces of the first launch
 * @param most maximum number of nonces per launch
 * @param nanos the time a launch should take
 */
record LaunchSizes(int first, int most, long nanos) {
  /** Largest growth factor between launches. */
  private static final int GROWTH = 8;

  /**
   * Short enough that two launches end within a tenth of a second, and long compared with the
   * overhead of about ten microseconds.
   */
  static final LaunchSizes DEFAULT = new LaunchSizes(1 << 16, Device.MOST_NONCES, 40_000_000);

  /**
   * Returns the size of launches after one of {@code count} nonces. A short launch says little
   * about the device: its range may have been short, or its bound easy.
   *
   * @param current the current size
   * @param busyNanos how long it kept the device busy
   */
  int after(int current, int count, long busyNanos) {
    if (busyNanos < nanos / 4) {
      return (int) Math.max(current, Math.min(most, (long) count * GROWTH));
    }
    return (int) Math.max(1, Math.min(most, (double) count * nanos / busyNanos));
  }
}
