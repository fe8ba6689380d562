package io.goldennonce.work.remote;

import io.goldennonce.search.StopSignal;
import io.goldennonce.work.BackOff;
import io.goldennonce.work.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The loop of a remote source of work: submits what is pending, asks for work, and waits with
 * growing pauses while the server can't be reached or refuses solutions. Used by one thread.
 */
public final class RemoteSource {
  private final Deliveries deliveries;
  private final long count;
  private final Consumer<String> report;
  private final BackOff away;
  private final BackOff refused;

  /** The calls of one kind of server. */
  public interface Server {
    /** Requests what must be known before anything is submitted. */
    default void connect(StopSignal stop) throws AwayException, InterruptedException {}

    Work work(StopSignal stop) throws AwayException, InterruptedException;

    /** Called when the server can't be reached; another one may be tried. */
    default void lost() {}
  }

  /** The delivery of solutions. */
  public interface Deliveries {
    /** Submits solutions without a verdict again. */
    void retryPending(StopSignal stop) throws AwayException, InterruptedException;

    /** Returns the number of accepted solutions. */
    long accepted();

    /** Returns the number of refusals since the last accepted solution. */
    int refusedInARow();
  }

  /**
   * @param count number of accepted solutions to end with
   * @param longestPause maximum pause between two attempts
   * @param report receives lines for the user
   */
  public RemoteSource(
      Deliveries deliveries, long count, Duration longestPause, Consumer<String> report) {
    this.deliveries = deliveries;
    this.count = count;
    this.report = report;
    this.away = new BackOff(longestPause);
    this.refused = new BackOff(longestPause);
  }

  /** Returns the next work; empty once enough is accepted, or if the wait was stopped. */
  public Optional<Work> next(Server server, StopSignal stop) throws InterruptedException {
    while (stop.reason().isEmpty()) {
      try {
        server.connect(stop);
        deliveries.retryPending(stop);
        if (deliveries.accepted() >= count) {
          return Optional.empty();
        }
        pauseIfRefused(stop);
        if (stop.reason().isPresent()) {
          return Optional.empty();
        }
        Work work = server.work(stop);
        away.reset();
        return Optional.of(work);
      } catch (AwayException e) {
        if (stop.reason().isEmpty()) {
          server.lost();
          report.accept(
              e.getMessage() + "; trying again in " + away.next().toMillis() / 1000.0 + " s");
          away.pause(stop);
        }
      }
    }
    return Optional.empty();
  }

  /** Slows down after refusals in a row. */
  private void pauseIfRefused(StopSignal stop) throws InterruptedException {
    if (deliveries.refusedInARow() > 1) {
      refused.pause(stop);
    } else {
      refused.reset();
    }
  }
}
