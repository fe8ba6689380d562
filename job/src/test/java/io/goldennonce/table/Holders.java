package io.goldennonce.table;

import io.goldennonce.simulation.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a lease, as an observer outside of all processes sees it. A holder holds it from the
 * return of {@code take} until it releases it, dies, is told that it has lost it, or has not
 * renewed it for the time to live, by true time.
 */
final class Holders {
  private final Scheduler scheduler;
  private final Duration timeToLive;
  private final List<Holder> all = new ArrayList<>();

  private static final class Holder {
    final @Nullable Object process;
    final long token;
    long until;
    boolean ended;

    Holder(@Nullable Object process, long token) {
      this.process = process;
      this.token = token;
    }
  }

  Holders(Scheduler scheduler, Duration timeToLive) {
    this.scheduler = scheduler;
    this.timeToLive = timeToLive;
  }

  /**
   * The process that runs now has taken the lease.
   *
   * @param asked when it began to, by true time: its claim can't be older
   */
  Object taken(long token, long asked) {
    Holder holder = new Holder(scheduler.current(), token);
    all.add(holder);
    renewed(holder, asked);
    return holder;
  }

  /** A holder was told that it still has it. */
  void renewed(Object holder, long asked) {
    Holder self = (Holder) holder;
    self.until = asked + timeToLive.toMillis();
    if (self.until > scheduler.clock().now()) { // else it is told so when it renews next
      requireNoOther(self);
    }
  }

  /** A holder released it, or was told that it has lost it. */
  void ended(Object holder) {
    ((Holder) holder).ended = true;
  }

  private void requireNoOther(Holder self) {
    for (Holder other : all) {
      boolean alive = other.process != null && Scheduler.isAlive(other.process);
      if (other != self && alive && !other.ended && other.until > scheduler.clock().now()) {
        throw new AssertionError(
            "Two hold the lease: the other has token "
                + other.token
                + " for another "
                + (other.until - scheduler.clock().now())
                + " ms");
      }
    }
  }
}
