package io.goldennonce.work.remote;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Polls for newer work in its own thread while a search runs. It ignores failures: the next request
 * for work meets and reports the same.
 *
 * @param <T> a description of work, such as a template
 */
public final class NewsWatch<T> implements AutoCloseable {
  /** Most of a test network's blocks are found sooner, and a server asked for less is faster. */
  private static final long SETTLE_MILLIS = 100;

  private final Look<T> look;
  private final Duration interval;
  private final Thread thread;

  // Guarded by this, but for reading.
  private volatile @Nullable Watched<T> watched;

  /** Asks for newer work. */
  @FunctionalInterface
  public interface Look<T> {
    /**
     * Asks once; may wait until there is newer work.
     *
     * @return the work that replaces the current one; empty if the current one is still wanted
     */
    Optional<T> after(T current) throws AwayException, InterruptedException;
  }

  /** Stops once newer work replaces the current one. */
  public static final class Watched<T> implements StopSignal {
    private final T current;
    private volatile @Nullable T newer;
    private volatile boolean ended;

    private Watched(T current) {
      this.current = current;
    }

    @Override
    public Optional<StopReason> reason() {
      return newer != null || ended ? Optional.of(StopReason.OUTDATED) : Optional.empty();
    }

    /** Returns the newer work, if there is any. */
    public Optional<T> newer() {
      return Optional.ofNullable(newer);
    }
  }

  /**
   * @param name the thread's name
   * @param interval time between two requests without newer work
   */
  public NewsWatch(String name, Duration interval, Look<T> look) {
    this.look = look;
    this.interval = interval;
    this.thread = DaemonThreads.create(name, this::run);
    thread.start();
  }

  /** Starts to watch for newer work than this, instead of any other. */
  public synchronized Watched<T> begin(T current) {
    Watched<T> now = new Watched<>(current);
    watched = now;
    notifyAll();
    return now;
  }

  /** Ends the watch, and returns the newer work, if there is any. */
  public synchronized Optional<T> end() {
    Watched<T> last = watched;
    watched = null;
    if (last == null) {
      return Optional.empty();
    }
    last.ended = true;
    return last.newer();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Watched<T> now = await();
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        while (watched == now && now.newer == null) {
          look(now);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void look(Watched<T> now) throws InterruptedException {
    Optional<T> news;
    try {
      news = look.after(now.current);
    } catch (AwayException | RuntimeException e) {
      news = Optional.empty();
    }
    if (news.isPresent()) {
      put(now, news.get());
    } else if (watched == now) {
      pause(now);
    }
  }

  /** Drops newer work of searches that have ended. */
  private synchronized void put(Watched<T> now, T news) {
    if (watched == now) {
      now.newer = news;
    }
  }

  /** Ends early if other work is watched by then. */
  private synchronized void pause(Watched<T> now) throws InterruptedException {
    long end = System.nanoTime() + interval.toNanos();
    for (long left = interval.toNanos();
        left > 0 && watched == now;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized Watched<T> await() throws InterruptedException {
    while (true) {
      Watched<T> now = watched;
      if (now != null && now.newer == null) {
        return now;
      }
      wait();
    }
  }
}
