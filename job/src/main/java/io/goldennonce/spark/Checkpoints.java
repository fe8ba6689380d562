package io.goldennonce.spark;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.base.Failures;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the ledger at intervals, in a thread of its own so that slow storage does not delay the
 * search, and at the end. A failed checkpoint is logged; the next one includes its rows.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final LedgerStore store;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final Runnable saved;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(DaemonThreads.named("ledger-checkpoint"));
  private long last;
  private @Nullable Future<?> pending;

  /**
   * @param nanoTime a clock in nanoseconds
   * @param saved called after each save, in the thread that saves
   */
  Checkpoints(LedgerStore store, Duration interval, LongSupplier nanoTime, Runnable saved) {
    this.store = store;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.saved = saved;
    this.last = nanoTime.getAsLong();
  }

  /** Starts to save the rows if the interval has passed and the previous checkpoint has ended. */
  void saveIfDue(Supplier<List<LedgerRow>> rows) {
    long now = nanoTime.getAsLong();
    if (now - last >= intervalNanos && (pending == null || pending.isDone())) {
      last = now;
      List<LedgerRow> snapshot = rows.get();
      pending = writer.submit(() -> save(snapshot));
    }
  }

  /**
   * Whether {@link #saveLast} saves the rows anywhere.
   *
   * @param found whether the search is complete
   */
  boolean savesLast(boolean found) {
    return store.isDurable() && !(found && pending == null && !store.wantsShortRuns());
  }

  /**
   * Saves the rows at the end, after any running checkpoint.
   *
   * @param found whether the search is complete and will not be resumed: then a failure is only
   *     logged
   * @throws SearchFailedException if the ledger of a search that may be resumed can't be saved
   */
  void saveLast(List<LedgerRow> rows, boolean found) throws InterruptedException {
    if (!savesLast(found)) {
      return;
    }
    try {
      writer.submit(() -> saveAndNotify(rows)).get();
    } catch (ExecutionException e) {
      Throwable cause = Failures.unwrapped(e);
      if (!found) {
        throw new SearchFailedException(
            "the ledger could not be saved: " + cause.getMessage(), cause);
      }
      LOG.warn("the ledger of a search that has found its solution could not be saved", cause);
    }
  }

  private void save(List<LedgerRow> rows) {
    try {
      saveAndNotify(rows);
    } catch (RuntimeException e) {
      LOG.warn("the ledger could not be saved; the next checkpoint tries again: {}", e.toString());
    }
  }

  private void saveAndNotify(List<LedgerRow> rows) {
    store.save(rows);
    saved.run();
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("a checkpoint of the ledger is still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
