package io.goldennonce.service;

import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.BackOff;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A web service as a source of work. While it is away, or refuses what is found, next work is
 * waited for.
 */
public final class WorkService implements WorkSource {
  /**
   * How to work with a service.
   *
   * @param miner who works
   * @param mode which solution to end with
   * @param count how many solutions the service shall accept, 1 or more
   * @param timeout how long to wait for an answer
   * @param pollInterval how often to ask whether there is other work
   * @param longestPause between two tries to reach a service that is away
   */
  public record Settings(
      String miner,
      ResultMode mode,
      long count,
      Duration timeout,
      Duration pollInterval,
      Duration longestPause) {}

  private final Settings settings;
  private final ServiceClient client;
  private final Desk desk;
  private final WorkWatch watch;
  private final Consumer<String> tell;
  private final BackOff away;
  private final BackOff refused;
  private int refusedInARow;

  /**
   * @param store keeps what is found until the service has judged it
   * @param tell takes a line for the user
   */
  public WorkService(
      ServiceUrl url, Settings settings, SolutionStore store, Consumer<String> tell) {
    this.settings = settings;
    this.client = new ServiceClient(url, settings.miner(), settings.timeout());
    this.desk = new Desk(client, store, tell);
    this.watch = new WorkWatch(client, settings.pollInterval());
    this.tell = tell;
    this.away = new BackOff(settings.longestPause());
    this.refused = new BackOff(settings.longestPause());
  }

  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    watch.end();
    while (stop.reason().isEmpty()) {
      try {
        desk.handInPending(stop);
        if (desk.accepted() >= settings.count()) {
          return Optional.empty();
        }
        pauseIfRefused(stop);
        Offer offer = client.work(stop);
        away.reset();
        return Optional.of(
            new ServiceWork(
                client.url(),
                offer,
                settings.mode(),
                watch.begin(offer),
                this::handIn,
                desk::settle));
      } catch (ServiceAwayException e) {
        if (stop.reason().isEmpty()) {
          tell.accept(
              e.getMessage() + "; trying again in " + away.next().toMillis() / 1000.0 + " s");
          away.pause(stop);
        }
      }
    }
    return Optional.empty();
  }

  private Solution handIn(Solution found) {
    Solution judged = desk.handIn(found);
    switch (judged.verdict()) {
      case ACCEPTED -> refusedInARow = 0;
      case WRONG, INCOMPLETE -> refusedInARow++;
      case PENDING -> {}
    }
    return judged;
  }

  /** A service that refuses one solution after the other need not be asked as fast as it can. */
  private void pauseIfRefused(StopSignal stop) throws InterruptedException {
    if (refusedInARow > 1) {
      refused.pause(stop);
    } else {
      refused.reset();
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
