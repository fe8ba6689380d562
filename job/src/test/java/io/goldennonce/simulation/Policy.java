package io.goldennonce.simulation;

/**
 * How the next process is chosen.
 *
 * @param preemptions how often a process is interrupted that could go on, at most
 * @param switchOneIn another process is considered at one of N steps
 * @param pauseOneIn time passes at one of N steps; 0 for never
 * @param longestPause in milliseconds
 */
public record Policy(int preemptions, int switchOneIn, int pauseOneIn, long longestPause) {
  /** All interleavings. */
  public static final Policy ALL = new Policy(Integer.MAX_VALUE, 1, 0, 0);

  /** All interleavings in which at most N times a process is interrupted that could go on. */
  public static Policy preemptions(int atMost) {
    return new Policy(atMost, 1, 0, 0);
  }
}
