package io.goldennonce.work.remote;

import io.goldennonce.search.StopSignal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where what is found is handed in, and where it is kept until there is a verdict. An {@link
 * Outbox} does the rest, so another destination is another of these.
 *
 * @param <T> what is found, with the verdict on it
 */
public interface Submitter<T> {
  /** What became of something that was found. */
  enum Status {
    /** There is no verdict yet. */
    PENDING,
    ACCEPTED,
    /** The destination does not want it; handing it in again is of no use. */
    REFUSED,
    /** It comes too late, and nothing else is wrong with it. */
    STALE
  }

  /**
   * Hands it in once.
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

  /** Whether it can be handed in now; not so a block of another network, for instance. */
  default boolean takes(T found) {
    return true;
  }

  /** The same, given up: nobody has judged it for a day. */
  T abandoned(T found, String reason);

  /** What the outbox must know of it. */
  Finding describe(T found);

  /**
   * Something that was found.
   *
   * @param name at the start of a line for the user
   * @param status what became of it
   * @param verdict the same as the tables have it
   * @param reason why it was refused; null if nobody said so
   */
  record Finding(
      String name, Instant foundAt, Status status, String verdict, @Nullable String reason) {}
}
