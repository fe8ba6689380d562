package io.goldennonce.work.remote;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a thread of its own whether there is news while something is being searched. Failures
 * are left to the next request for work, which meets and reports the same.
 *
 * @param <T> what work is made of
 */
public final class NewsWatch<T> implements AutoCloseable {
  /** Most of a test network's blocks are found sooner, and a server asked for less is faster. */
  private static final long SETTLE_MILLIS = 100;

  private final Look<T> look;
  private final Duration interval;
  private final Thread thread;

  // Guarded by this, but for reading.
  private volatile @Nullable Watched<T> watched;

  /** Looks for news. */
  @FunctionalInterface
  public interface Look<T> {
    /**
     * Looks once; may wait until there is news.
     *
     * @return what takes the place of the current; empty if the current is still wanted
     */
    Optional<T> after(T current) throws AwayException, InterruptedException;
  }

  /** Stops once something else replaces what is searched. */
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

    /** What has taken its place, if anything has. */
    public Optional<T> newer() {
      return Optional.ofNullable(newer);
    }
  }

  /**
   * @param name of the thread
   * @param interval from one look without news to the next
   */
  public NewsWatch(String name, Duration interval, Look<T> look) {
    this.look = look;
    this.interval = interval;
    this.thread = DaemonThreads.create(name, this::run);
    thread.start();
  }

  /** Begins to watch for news of one thing, and of no other. */
  public synchronized Watched<T> begin(T current) {
    Watched<T> now = new Watched<>(current);
    watched = now;
    notifyAll();
    return now;
  }

  /** Ends watching, and gives what has come in place of what was watched, if anything has. */
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

  /** Drops news of searches that have ended. */
  private synchronized void put(Watched<T> now, T news) {
    if (watched == now) {
      now.newer = news;
    }
  }

  /** Ends early where something else is watched by then. */
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
