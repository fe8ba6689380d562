package io.goldennonce.api;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.base.Failures;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A search that runs in the background. It ends by itself; {@link #stop} and {@link #close} end it
 * sooner. Thread-safe.
 */
public final class RunningSearch implements AutoCloseable {
  private final CompletableFuture<SearchResult> result = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean stopped;

  private RunningSearch(String name, Body body) {
    thread = DaemonThreads.create(name, () -> run(body));
  }

  /** What runs in the background. */
  interface Body {
    SearchResult run(StopSignal stop) throws InterruptedException;
  }

  static RunningSearch start(String name, Body body) {
    RunningSearch search = new RunningSearch(name, body);
    search.thread.start();
    return search;
  }

  private void run(Body body) {
    try {
      result.complete(body.run(StopSignal.when(StopReason.INTERRUPTED, () -> stopped)));
    } catch (Throwable e) { // Spark's Scala code throws checked exceptions undeclared.
      result.completeExceptionally(new SearchFailedException(e));
    }
  }

  /**
   * Waits for the result. If the calling thread is interrupted, the search is stopped, and this
   * method returns what it has found; the thread stays interrupted.
   *
   * @throws SearchFailedException if the search failed
   * @throws IllegalStateException in a listener of the search, which would wait for itself
   */
  public SearchResult await() {
    if (Thread.currentThread() == thread && !isDone()) {
      throw new IllegalStateException(
          "a listener must not wait for its own search; end it with stop()");
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        }
      }
    } catch (ExecutionException e) {
      // Each caller gets an exception of its own, with the cause of the search's.
      throw new SearchFailedException(Failures.unwrapped(Failures.unwrapped(e)));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Returns a future of the result, which fails with {@link SearchFailedException}. To cancel or
   * complete it does not change the search.
   */
  public CompletableFuture<SearchResult> toFuture() {
    return result.copy();
  }

  /** Returns whether it has ended. */
  public boolean isDone() {
    return result.isDone();
  }

  /**
   * Asks the search to stop, without waiting. {@link #await} then returns what it has found, with
   * {@link Outcome#STOPPED} unless it had ended before.
   */
  public void stop() {
    stopped = true;
  }

  /**
   * Stops the search and waits until all of its tasks are idle. Does not throw if it failed.
   *
   * @throws IllegalStateException in a listener of the search, which would wait for itself
   */
  @Override
  public void close() {
    stop();
    try {
      await();
    } catch (SearchFailedException e) {
      // Who waits for the result is told.
    }
  }
}
