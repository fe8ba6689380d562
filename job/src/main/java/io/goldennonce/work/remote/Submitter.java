package io.goldennonce.work.remote;

import io.goldennonce.search.StopSignal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Submits solutions to a destination, and stores them until there is a verdict. An {@link Outbox}
 * does the rest, so another destination is another of these.
 *
 * @param <T> a solution with its verdict
 */
public interface Submitter<T> {
  /** The status of a solution. */
  enum Status {
    /** There is no verdict yet. */
    PENDING,
    ACCEPTED,
    /** The destination refuses it; another attempt would not help. */
    REFUSED,
    /** It comes too late, and nothing else is wrong with it. */
    STALE
  }

  /**
   * Submits it once.
   *
   * @return the same with a verdict
   * @throws AwayException if there is no verdict
   */
  T submit(T found, StopSignal stop) throws AwayException, InterruptedException;

  /**
   * Saves it; when this returns, a crash loses nothing. One with a verdict replaces the pending.
   */
  void save(T found);

  /** What earlier processes have saved without a verdict, the earliest found first. */
  List<T> pending();

  /** Whether it can be submitted now; false, for instance, for a block of another network. */
  default boolean takes(T found) {
    return true;
  }

  /** Returns it as abandoned, after a day without a verdict. */
  T abandoned(T found, String reason);

  /** What the outbox must know of it. */
  Finding describe(T found);

  /**
   * Something that was found.
   *
   * @param name at the start of a line for the user
   * @param verdict the same as the tables have it
   * @param reason why it was refused; null if no reason was given
   */
  record Finding(
      String name, Instant foundAt, Status status, String verdict, @Nullable String reason) {}
}
