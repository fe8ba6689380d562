package io.goldennonce.kernel.gpu;

/**
 * How a launch's nonces are spread over a device's threads. A group of threads takes neighbouring
 * nonces; each of its threads tries every {@code threads}-th of them.
 *
 * @param threads threads in a group
 * @param iterations the most nonces a thread tries
 * @param groups groups that keep the whole device busy
 */
record LaunchShape(int threads, int iterations, int groups) {
  LaunchShape {
    if (threads < 1 || iterations < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "a launch needs threads, iterations and groups, got "
              + threads
              + ", "
              + iterations
              + " and "
              + groups);
    }
  }

  /** How many nonces each thread tries in a launch: few in a short one, so that all are busy. */
  int iterationsFor(int count) {
    return Math.max(1, Math.min(iterations, count / threads / groups));
  }

  /** How many groups a launch takes. */
  int groupsFor(int count) {
    long perGroup = (long) threads * iterationsFor(count);
    return (int) ((count + perGroup - 1) / perGroup);
  }
}
