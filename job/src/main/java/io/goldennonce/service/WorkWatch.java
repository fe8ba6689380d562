package io.goldennonce.service;

import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks again and again, in a thread of its own, whether a service has other work by now. */
final class WorkWatch implements AutoCloseable {
  private final ServiceClient client;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(WorkWatch::daemon);

  /** What is searched for; null while nothing is. */
  private volatile @Nullable Offer current;

  private volatile boolean moved;

  /**
   * @param interval how long to wait from one look to the next
   */
  WorkWatch(ServiceClient client, Duration interval) {
    this.client = client;
    thread.scheduleWithFixedDelay(
        this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "work-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to watch a piece of work, and no other; stops once the service has other work. */
  synchronized StopSignal begin(Offer offer) {
    moved = false;
    current = offer;
    return () -> current != offer || moved ? Optional.of(StopReason.OUTDATED) : Optional.empty();
  }

  /** Ends watching. */
  synchronized void end() {
    current = null;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    Offer before = current;
    if (before == null) {
      return;
    }
    try {
      Optional<Offer> now = client.newerWork();
      synchronized (this) {
        if (current == before
            && now.isPresent()
            && !now.get().previousHash().equals(before.previousHash())) {
          moved = true;
        }
      }
    } catch (ServiceAwayException e) {
      // The search goes on: whoever asks for the next work meets the same and tells the user.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
