package io.goldennonce.kernel.cpu;

import java.util.Arrays;

/**
 * Finds by timing where in an array the rows must start. A vector that lies across two cache lines
 * takes two accesses, and what precedes the first line's start is computed one element at a time;
 * no Java program can ask where lines start in an array, and a garbage collector may move it. So
 * each place of a line is tried from time to time, and soon after the runs have become slow; the
 * fastest is used.
 */
final class AlignmentTuner {
  /** How many places there are: the words of a cache line of 64 bytes. */
  static final int PLACES = 16;

  /** Each place is tried four times, and its best time counts: a thread may lose its processor. */
  private static final int TRIES = 4 * PLACES;

  /**
   * Runs from one series of tries to the next, at first; doubles, as compilers change the times.
   */
  private static final int FIRST_INTERVAL = 64;

  /** About two seconds, so that the tries, at half the speed, cost a few thousandths. */
  private static final int LAST_INTERVAL = 1 << 14;

  /** Runs in a row that must be slow to try all places again: the array has been moved. */
  private static final int SLOW_RUNS = 64;

  /** What counts as slow, by the best time; a wrong place takes 1.7 times as long or more. */
  private static final double SLOW = 1.4;

  /** The least distance of such tries, lest a busy processor cost more than a few hundredths. */
  private static final int SLOW_INTERVAL = 1 << 10;

  private final double[] times = new double[PLACES];
  private int interval = FIRST_INTERVAL;
  private int run;
  private int best;
  private int slowRuns;

  /** Where to start the next run. */
  int place() {
    return run < TRIES ? run % PLACES : best;
  }

  /** Notes how long a run took at that place, and how much was done in it. */
  void took(long nanos, int work) {
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
