package io.goldennonce.table;

import io.goldennonce.base.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the small files of tables in a thread of its own, so that a table stays small however long
 * a process appends to it. It counts the files that this process publishes, which costs the storage
 * nothing, and merges when there are enough; now and then it looks for what others have left.
 *
 * <p>Two processes may merge the same files at once. That does no harm but costs twice; so those
 * that start together do not look around together.
 */
public final class BackgroundCompaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundCompaction.class);

  private static final Duration TICK = Duration.ofSeconds(5);

  /** Later than a short run ends, which it would cost more than it is worth. */
  private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

  /** How long replaced files stay: longer than a query takes that has begun to read them. */
  public static final Duration GRACE = Duration.ofMinutes(10);

  private final Supplier<? extends Collection<Table>> tables;
  private final Runnable others;
  private final int files;
  private final ScheduledExecutorService thread;

  /**
   * @param tables asked each time
   * @param others run now and then: what else there is to sweep
   * @param files how many small files of a table are merged, at least 2; 0 for never
   */
  public BackgroundCompaction(
      Supplier<? extends Collection<Table>> tables, Runnable others, int files) {
    this.tables = tables;
    this.others = others;
    this.files = files;
    this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("compaction"));
  }

  /** Starts. */
  public BackgroundCompaction start() {
    if (files > 0) {
      schedule(this::compactOwn, TICK, TICK);
      long apart = ThreadLocalRandom.current().nextLong(FIRST_LOOK.toMillis());
      schedule(this::lookAround, FIRST_LOOK.plusMillis(apart), GRACE);
    }
    return this;
  }

  /** Merges tables to which this process has published many files. */
  void compactOwn() {
    tables.get().forEach(table -> compact(table, false));
  }

  /** For tables with many small files, whoever wrote them; and for what is to be swept. */
  void lookAround() {
    tables.get().forEach(table -> compact(table, true));
    try {
      others.run();
    } catch (RuntimeException e) {
      LOG.warn("could not sweep, it is tried again: {}", e.toString());
    }
  }

  /** Stops; a merge under way ends, or is left to the next compaction. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule(Runnable task, Duration first, Duration interval) {
    var unused =
        thread.scheduleWithFixedDelay(
            task, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void compact(Table table, boolean look) {
    try {
      if (table.published.get() >= files || (look && table.smallFiles() >= files)) {
        table.published.set(0);
        LOG.debug("{}: {}", table.directory(), table.compaction(GRACE).tiered().run());
      }
      if (look) {
        table.compaction(GRACE).sweep();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("could not compact {}, it is tried again: {}", table.directory(), e.toString());
    }
  }
}
