package io.goldennonce.kernel.gpu;

/**
 * How many nonces a launch takes: few at first, then as many as the device tries in some time.
 *
 * @param first nonces of the first launch
 * @param most the most nonces of a launch
 * @param nanos how long a launch should take
 */
record LaunchSizes(int first, int most, long nanos) {
  /** A launch may be larger than the one before by this factor. */
  private static final int GROWTH = 8;

  /**
   * Short enough that two launches under way end within a tenth of a second, and long against the
   * some ten microseconds that one costs.
   */
  static final LaunchSizes DEFAULT = new LaunchSizes(1 << 16, Device.MOST_NONCES, 40_000_000);

  /**
   * The size of launches after one of {@code count} nonces kept the device busy. A short launch
   * says little about the device, and may be short because its range or its bound were.
   *
   * @param current the size so far
   */
  int after(int current, int count, long busyNanos) {
    if (busyNanos < nanos / 4) {
      return (int) Math.max(current, Math.min(most, (long) count * GROWTH));
    }
    return (int) Math.max(1, Math.min(most, (double) count * nanos / busyNanos));
  }
}
