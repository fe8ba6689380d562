package io.goldennonce.stratum;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
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
 * Hands shares in, in a thread of its own, so that no search waits for a pool's answer or for the
 * storage. Where a pool is slower than shares are found, the search waits in the end.
 */
final class ShareQueue implements RemoteSource.Deliveries, AutoCloseable {
  private static final int MOST_WAITING = 100;
  private static final long TICK_MILLIS = 100;

  /** A pool that takes none of so many won't take the next one. */
  private static final int MOST_REFUSED = 10;

  /** How long the last shares may take when a search has been stopped. */
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
   * @param session what there is now; null for none
   * @param judged told each share that has got its verdict
   * @param report takes a line for the user
   */
  ShareQueue(
      Supplier<@Nullable StratumSession> session,
      ShareStore store,
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
   * Takes a share, to be handed in soon; waits while too many are waiting.
   *
   * @param stop ends the waiting: the share is stale then
   */
  void add(Share share, StopSignal stop) {
    try {
      while (failure == null && !waiting.offer(share, TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stop.reason().isPresent()) {
          totals.add(share.judged(Share.Verdict.STALE, "too many shares were before it"));
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

  /** What has broken the thread, such as a storage that can't be written. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The thread does so. */
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

  /** Hands in what is waiting, as far as the pool lets it, and ends. */
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
      // The connection has ended: whoever asks for work is told.
    }
  }
}
