package io.goldennonce.stratum;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.Outbox;
import io.goldennonce.work.remote.RemoteSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Submits shares in its own thread, so that no search waits for a pool's answer or for the storage.
 * If a pool is slower than shares are found, the search waits when the queue is full.
 */
final class ShareQueue implements RemoteSource.Deliveries, AutoCloseable {
  private static final int MOST_WAITING = 100;
  private static final long TICK_MILLIS = 100;

  /** Maximum number of rejected shares in a row. */
  private static final int MOST_REFUSED = 10;

  /** Maximum time for the last shares after a search has stopped. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<@Nullable StratumSession> session;
  private final ShareSubmitter submitter;
  private final Outbox<Share> outbox;
  private final ShareTotals totals = new ShareTotals();
  private final BlockingQueue<Share> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread = DaemonThreads.create("stratum-shares", this::run);
  private volatile boolean closing;
  private volatile int refusedInARow;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param session the current session; null if there is none
   * @param judged receives each share with its verdict
   * @param report receives lines for the user
   */
  ShareQueue(
      Supplier<@Nullable StratumSession> session,
      FindStore<Share> store,
      Consumer<Share> judged,
      Consumer<String> report) {
    this.session = session;
    this.submitter =
        new ShareSubmitter(
            session,
            store,
            share -> {
              totals.add(share);
              judged.accept(share);
            });
    this.outbox = new Outbox<>(submitter, report, Clock.systemUTC());
    thread.start();
  }

  /**
   * Queues a share; waits while the queue is full.
   *
   * @param stop ends the wait; the share is then stale
   */
  void add(Share share, StopSignal stop) {
    try {
      while (failure == null && !waiting.offer(share, TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stop.reason().isPresent()) {
          totals.add(share.judged(Share.Verdict.STALE, "the queue of shares was full"));
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ShareTotals totals() {
    return totals;
  }

  /** The error that ended the thread, such as a storage that can't be written. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Called in the thread. */
  @Override
  public void retryPending(StopSignal stop) {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public long accepted() {
    return totals.accepted();
  }

  @Override
  public int refusedInARow() {
    return refusedInARow;
  }

  /** Submits the waiting shares, as far as the pool accepts them, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(PATIENCE.toMillis());
      thread.interrupt();
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Share share = waiting.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (share != null) {
          handIn(share);
        } else if (closing) {
          return;
        } else {
          idle();
        }
      }
    } catch (InterruptedException e) {
      for (Share left : waiting) {
        outbox.settle(left.judged(Share.Verdict.STALE, "the pool was too slow before the end"));
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void handIn(Share share) {
    Optional<Share> stale = submitter.stale(share);
    if (stale.isPresent() && !share.isBlock()) {
      outbox.settle(stale.get());
      return;
    }
    outbox.settle(outbox.handIn(share));
    refusedInARow = outbox.refusedInARow();
    StratumSession now = session.get();
    if (refusedInARow >= MOST_REFUSED && now != null) {
      now.connection()
          .end(
              AwayException.away(
                  now.url() + " has rejected " + refusedInARow + " shares in a row"));
    }
  }

  private void idle() throws InterruptedException {
    StratumSession now = session.get();
    if (now == null || now.latest() == null) {
      return;
    }
    now.keepAlive();
    try {
      outbox.retryPending(StopSignal.never());
    } catch (AwayException e) {
      // The connection has ended, which the next request for work reports.
    }
  }
}
