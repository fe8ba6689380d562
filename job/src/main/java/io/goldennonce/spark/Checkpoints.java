package io.goldennonce.spark;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.base.Failures;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.LedgerStore;
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
 * Keeps the ledger now and then in a thread of its own, as storage may be slow and the search must
 * not wait for it, and once more at the end. A checkpoint that fails is logged, and the next one is
 * tried as usual: what it would have kept is in the next.
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
   * @param nanoTime clock in nanoseconds
   * @param saved called after each save, in the thread that saves
   */
  Checkpoints(LedgerStore store, Duration interval, LongSupplier nanoTime, Runnable saved) {
    this.store = store;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.saved = saved;
    this.last = nanoTime.getAsLong();
  }

  /** Begins to keep the rows if it is time to, and the checkpoint before has ended. */
  void keepIfDue(Supplier<List<LedgerRow>> rows) {
    long now = nanoTime.getAsLong();
    if (now - last >= intervalNanos && (pending == null || pending.isDone())) {
      last = now;
      List<LedgerRow> snapshot = rows.get();
      pending = writer.submit(() -> save(snapshot));
    }
  }

  /**
   * Saves the rows at the end, after whatever checkpoint is under way.
   *
   * @param found whether the search has found what it looked for and will not be resumed: a ledger
   *     that can't be saved is logged then
   * @throws SearchFailedException if the ledger of a search that may be resumed can't be saved
   */
  void keepLast(List<LedgerRow> rows, boolean found) throws InterruptedException {
    if (found && pending == null && !store.wantsShortRuns()) {
      return;
    }
    try {
      writer.submit(() -> saveAndTell(rows)).get();
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
      saveAndTell(rows);
    } catch (RuntimeException e) {
      LOG.warn("the ledger could not be kept, the next checkpoint tries again: {}", e.toString());
    }
  }

  private void saveAndTell(List<LedgerRow> rows) {
    store.save(rows);
    saved.run();
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("a checkpoint of the ledger is still under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
