package io.goldennonce.kernel.cpu;

import java.util.Arrays;

/**
 * Finds the best start of the rows in an array by timing. A vector that spans two cache lines takes
 * two accesses, and the elements before the first line are computed one at a time. Java cannot tell
 * where cache lines start in an array, and a garbage collector may move it. So every offset in a
 * line is tried from time to time, and soon after runs have become slow; the fastest is used.
 */
final class AlignmentTuner {
  /** Number of offsets: the words of a cache line of 64 bytes. */
  static final int PLACES = 16;

  /** Each offset is tried four times, and its best time counts: a thread may be preempted. */
  private static final int TRIES = 4 * PLACES;

  /** Initial number of runs between series of tries; doubles as compilation settles. */
  private static final int FIRST_INTERVAL = 64;

  /** About two seconds, so that the tries, at half the speed, cost a few tenths of a percent. */
  private static final int LAST_INTERVAL = 1 << 14;

  /** Number of consecutive slow runs after which the array is assumed to have moved. */
  private static final int SLOW_RUNS = 64;

  /** A run is slow above this multiple of the best time; a wrong offset takes at least 1.7. */
  private static final double SLOW = 1.4;

  /** Minimum number of runs between such tries, to limit their cost on a busy machine. */
  private static final int SLOW_INTERVAL = 1 << 10;

  private final double[] times = new double[PLACES];
  private int interval = FIRST_INTERVAL;
  private int run;
  private int best;
  private int slowRuns;

  int place() {
    return run < TRIES ? run % PLACES : best;
  }

  /** Records the time of a run at that offset, and the amount of work in it. */
  void record(long nanos, int work) {
    double time = (double) nanos / work;
    if (run < TRIES) {
      times[run % PLACES] = run < PLACES ? time : Math.min(times[run % PLACES], time);
    } else {
      slowRuns = time > SLOW * times[best] ? slowRuns + 1 : 0;
    }
    run++;
    if (run == TRIES) {
      best = indexOfLeast(times);
      slowRuns = 0;
    } else if (run >= TRIES + interval) {
      run = 0;
      interval = Math.min(2 * interval, LAST_INTERVAL);
    } else if (slowRuns >= SLOW_RUNS && run >= TRIES + SLOW_INTERVAL) {
      run = 0;
    }
  }

  private static int indexOfLeast(double[] values) {
    double least = Arrays.stream(values).min().orElseThrow();
    int index = 0;
    while (values[index] != least) {
      index++;
    }
    return index;
  }
}
