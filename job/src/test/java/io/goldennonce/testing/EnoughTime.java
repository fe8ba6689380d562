package io.goldennonce.testing;

import java.util.function.Predicate;

/** Time for what ends at a deadline: as much as this machine, however busy, needs. */
public final class EnoughTime {
  private EnoughTime() {}

  /** Something that a deadline ends. */
  public interface Run<T> {
    T within(int seconds) throws Exception;
  }

  /**
   * Runs something, each time with twice the time, until enough was done in it.
   *
   * @param seconds the first time, in which it usually is
   */
  public static <T> T of(int seconds, Run<T> run, Predicate<T> enough) throws Exception {
    for (int time = seconds; ; time *= 2) {
      T ended = run.within(time);
      if (enough.test(ended)) {
        return ended;
      }
    }
  }
}
