package io.goldennonce.kernel.gpu;

/**
 * The distribution of a launch's nonces over a device's threads. A group of threads takes
 * consecutive nonces; each of its threads tries every {@code threads}-th of them.
 *
 * @param threads threads in a group
 * @param iterations maximum number of nonces per thread
 * @param groups number of groups that keep the whole device busy
 */
record LaunchShape(int threads, int iterations, int groups) {
  LaunchShape {
    if (threads < 1 || iterations < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "a launch must have threads, iterations and groups, got %s, %s and %s"
              .formatted(threads, iterations, groups));
    }
  }

  /** Returns the number of nonces per thread: fewer in a short launch, so that all are busy. */
  int iterationsFor(int count) {
    return Math.max(1, Math.min(iterations, count / threads / groups));
  }

  int groupsFor(int count) {
    long perGroup = (long) threads * iterationsFor(count);
    return (int) ((count + perGroup - 1) / perGroup);
  }
}
