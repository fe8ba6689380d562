package io.goldennonce.cli;

import io.goldennonce.warehouse.SearchTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps many short runs with few writes, in a thread of its own: a search for a test network's
 * block takes less time than the row that tells of it. A crash loses the rows of the last interval.
 */
final class RunBatches implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunBatches.class);

  private final Consumer<List<SearchTable.Run>> store;
  private final List<SearchTable.Run> waiting = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "run-batches");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param store keeps runs, at least one
   */
  RunBatches(Consumer<List<SearchTable.Run>> store, Duration interval) {
    this.store = store;
    thread.scheduleWithFixedDelay(
        this::flushOrWarn, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  void add(SearchTable.Run run) {
    synchronized (waiting) {
      waiting.add(run);
    }
  }

  /** Keeps what is left. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flush();
  }

  private void flushOrWarn() {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("the table of searches could not be written, it is tried again: {}", e.toString());
    }
  }

  private void flush() {
    List<SearchTable.Run> runs;
    synchronized (waiting) {
      runs = List.copyOf(waiting);
    }
    if (!runs.isEmpty()) {
      store.accept(runs);
      synchronized (waiting) {
        waiting.subList(0, runs.size()).clear();
      }
    }
  }
}
