package io.goldennonce.simulation;

/**
 * Source of every decision that a simulated run leaves open: which process runs next, where a crash
 * happens, what it loses. The same choices give the same run.
 */
public interface Choices {
  /**
   * Decides.
   *
   * @param options at least 1
   * @return a number from 0 to {@code options - 1}
   */
  int next(int options);
}
