package io.goldennonce.server;

import io.goldennonce.base.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads for the JDK's web server, which waits for slow clients without limit. These cut the
 * connection of a client that takes too long: interrupting a thread closes the channel that it
 * reads from or writes to.
 */
final class RequestThreads implements Executor, AutoCloseable {
  /** Number of clients that can be slow at once before others have to wait. */
  private static final int MAX_THREADS = 512;

  private static final long IDLE_SECONDS = 30;

  private static final ThreadLocal<Limit> CURRENT = new ThreadLocal<>();

  private final Duration limit;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MAX_THREADS,
          MAX_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          DaemonThreads.named("work-server"));
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("work-server-limits"));

  /** Interrupts its thread unless it is stopped in time. */
  private static final class Limit {
    private final Thread thread = Thread.currentThread();
    private final ScheduledExecutorService timer;
    private final Duration duration;
    private @Nullable ScheduledFuture<?> end;

    Limit(ScheduledExecutorService timer, Duration duration) {
      this.timer = timer;
      this.duration = duration;
    }

    synchronized void start() {
      end = timer.schedule(this::expire, duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void stop() {
      if (end != null) {
        end.cancel(false);
        end = null;
      }
    }

    /** Holds the lock, so that no thread is interrupted after its limit was stopped. */
    private synchronized void expire() {
      if (end != null) {
        end = null;
        thread.interrupt();
      }
    }
  }

  /**
   * @param limit how long a client may take to send its request, and again to take its answer
   */
  RequestThreads(Duration limit) {
    this.limit = limit;
    threads.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(() -> run(request));
  }

  private void run(Runnable request) {
    Limit mine = new Limit(timer, limit);
    CURRENT.set(mine);
    mine.start();
    try {
      request.run();
    } finally {
      mine.stop();
      CURRENT.remove();
    }
  }

  /**
   * Runs work that does not wait for the client, such as a write to the storage, without
   * interruption. Afterwards the client's time starts again. Called in a request's thread.
   */
  static <T> T unlimited(Supplier<T> work) {
    Limit mine = CURRENT.get();
    mine.stop();
    try {
      return work.get();
    } finally {
      mine.start();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    timer.shutdownNow();
  }
}
