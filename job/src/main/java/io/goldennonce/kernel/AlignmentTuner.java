package io.goldennonce.kernel;

import java.util.Arrays;

/**
 * Finds where in an array to begin, by trying. A vector that lies across two of the cache's lines
 * costs two accesses, and what lies before the first line's begin is worked an element at a time;
 * where lines begin in an array, no Java program can ask, and a garbage collector may move it. So
 * each place of a line is tried now and then, and the fastest is kept.
 */
final class AlignmentTuner {
  /** How many places there are: the words of a cache's line of 64 bytes. */
  static final int PLACES = 16;

  /** Each place is tried four times, and its best time counts: a thread may lose its processor. */
  private static final int TRIES = 4 * PLACES;

  /**
   * Runs from one series of tries to the next, at first; doubles, as compilers change the times.
   */
  private static final int FIRST_INTERVAL = 64;

  /** About two seconds, so that the tries, at half the speed, cost a few thousandths. */
  private static final int LAST_INTERVAL = 1 << 14;

  private final double[] times = new double[PLACES];
  private int interval = FIRST_INTERVAL;
  private int run;
  private int best;

  /** Where to begin the next run. */
  int place() {
    return run < TRIES ? run % PLACES : best;
  }

  /** Takes in how long a run took at that place, and how much was done in it. */
  void took(long nanos, int work) {
    if (run < TRIES) {
      double time = (double) nanos / work;
      times[run % PLACES] = run < PLACES ? time : Math.min(times[run % PLACES], time);
    }
    run++;
    if (run == TRIES) {
      best = indexOfLeast(times);
    } else if (run >= TRIES + interval) {
      run = 0;
      interval = Math.min(2 * interval, LAST_INTERVAL);
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
