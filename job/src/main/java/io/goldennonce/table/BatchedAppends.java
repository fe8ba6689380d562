package io.goldennonce.table;

import io.goldennonce.base.DaemonThreads;
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
 * Collects records that come faster than they are worth a file each, and writes those of an
 * interval together in a thread of its own. A crash loses the records of the last interval. A write
 * that fails is a warning and tried again with the next. Thread-safe.
 *
 * @param <R> a record
 */
public final class BatchedAppends<R> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchedAppends.class);

  private final String what;
  private final Consumer<List<R>> writer;
  private final List<R> waiting = new ArrayList<>();
  private final ScheduledExecutorService thread;

  /**
   * @param what the records, for the warning
   * @param writer appends records, one at least
   * @param interval how long a record may wait
   */
  public BatchedAppends(String what, Consumer<List<R>> writer, Duration interval) {
    this.what = what;
    this.writer = writer;
    this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("append-" + what));
    thread.scheduleWithFixedDelay(
        this::flushOrWarn, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes records, to be written within the interval. */
  public void add(List<? extends R> records) {
    synchronized (waiting) {
      waiting.addAll(records);
    }
  }

  /** Writes what waits. */
  public void flush() {
    synchronized (this) {
      List<R> records;
      synchronized (waiting) {
        records = List.copyOf(waiting);
      }
      if (!records.isEmpty()) {
        writer.accept(records);
        synchronized (waiting) {
          waiting.subList(0, records.size()).clear();
        }
      }
    }
  }

  /**
   * Writes what waits, and stops.
   *
   * @throws RuntimeException if it can't be written
   */
  @Override
  public void close() {
    thread.shutdown();
    flush();
  }

  private void flushOrWarn() {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("{} could not be written, it is tried again: {}", what, e.toString());
    }
  }
}
