package io.goldennonce.work;

import io.goldennonce.search.StopSignal;
import java.util.Optional;

/** Provides work, one search after the other. Used by one thread. */
public interface WorkSource extends AutoCloseable {
  /**
   * Returns the next work; waits until there is some.
   *
   * @param stop ends the wait
   * @return empty if there is no more work, or if the wait was stopped
   */
  Optional<Work> next(StopSignal stop) throws InterruptedException;

  /** Releases the source's resources. */
  @Override
  void close();
}
