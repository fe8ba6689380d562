package io.goldennonce.work;

import io.goldennonce.search.StopSignal;
import java.util.Optional;

/** Where work comes from: one piece after the other. Used by one thread. */
public interface WorkSource extends AutoCloseable {
  /**
   * The next work; waits until there is some.
   *
   * @param stop ends the waiting
   * @return nothing if there will be no more, or if the waiting was stopped
   */
  Optional<Work> next(StopSignal stop) throws InterruptedException;

  /** Lets go of what the source holds open. */
  @Override
  void close();
}
