package io.goldennonce.work.remote;

import io.goldennonce.search.StopSignal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Submits solutions to one kind of destination, and stores them until there is a verdict. An {@link
 * Outbox} does the rest.
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
   * Submits a solution once.
   *
   * @return the solution with its verdict
   * @throws AwayException if there is no verdict
   */
  T submit(T found, StopSignal stop) throws AwayException, InterruptedException;

  /** Saves a solution; one with a verdict replaces the pending one. Durable on return. */
  void save(T found);

  /** Returns the solutions of earlier processes without a verdict, the earliest found first. */
  List<T> pending();

  /**
   * Whether a solution can be submitted now; false, for example, for a block of another network.
   */
  default boolean takes(T found) {
    return true;
  }

  /** Returns a solution as abandoned, after a day without a verdict. */
  T abandoned(T found, String reason);

  /** Describes a solution to the outbox. */
  Finding describe(T found);

  /**
   * The description of a solution.
   *
   * @param name its name, which starts a line for the user
   * @param verdict the verdict as in the tables
   * @param reason why it was refused; null if no reason was given
   */
  record Finding(
      String name, Instant foundAt, Status status, String verdict, @Nullable String reason) {}
}
