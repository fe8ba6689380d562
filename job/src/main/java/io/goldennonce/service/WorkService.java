package io.goldennonce.service;

import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.NewsWatch;
import io.goldennonce.work.remote.Outbox;
import io.goldennonce.work.remote.RemoteSource;
import io.goldennonce.work.remote.ServerUrl;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A web service as a source of work. While it can't be reached, or refuses solutions, {@link #next}
 * waits.
 */
public final class WorkService implements WorkSource {
  /**
   * How to work with a service; the settings {@code service} in {@code reference.conf} explain the
   * durations.
   *
   * @param mode which solution to end with
   * @param count number of accepted solutions to end with, 1 or more
   * @param token sent with each request, if the service needs one
   */
  public record Settings(
      String miner,
      ResultMode mode,
      long count,
      Duration timeout,
      Duration pollInterval,
      Duration longestPause,
      Optional<String> token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Settings[miner=" + miner + ", mode=" + mode + ", count=" + count + "]";
    }
  }

  private final Settings settings;
  private final ServiceClient client;
  private final Outbox<ServiceSolution> outbox;
  private final NewsWatch<Offer> watch;
  private final RemoteSource loop;

  /**
   * @param store stores solutions until the service has judged them
   * @param report receives lines for the user
   */
  public WorkService(
      ServerUrl url, Settings settings, FindStore<ServiceSolution> store, Consumer<String> report) {
    this.settings = settings;
    this.client = new ServiceClient(url, settings.miner(), settings.token(), settings.timeout());
    this.outbox = new Outbox<>(new SolutionSubmitter(client, store), report, Clock.systemUTC());
    this.watch = new NewsWatch<>("work-watch", settings.pollInterval(), this::after);
    this.loop = new RemoteSource(outbox, settings.count(), settings.longestPause(), report);
    if (url.isReadByOthers() && settings.token().isPresent()) {
      report.accept(
          "warning: the token crosses the network to " + url + " in the clear; use https");
    }
  }

  /**
   * Reads a service's URL.
   *
   * @throws IllegalArgumentException if it is not {@code http(s)://HOST[:PORT][/PATH]}; the message
   *     does not repeat a URL that may hold a password
   */
  public static ServerUrl url(String text) {
    return ServerUrl.parse(
            text,
            "a work service's URL",
            "http://HOST[:PORT][/PATH], or with https",
            "a token is given by --token-file")
        .asDirectory();
  }

  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    watch.end();
    return loop.next(this::work, stop);
  }

  private Work work(StopSignal stop) throws AwayException, InterruptedException {
    Offer offer = client.work(stop);
    return new ServiceWork(client.url(), offer, settings.mode(), watch.begin(offer), outbox);
  }

  /** Newer work, if it is for another block. */
  private Optional<Offer> after(Offer current) throws AwayException, InterruptedException {
    return client
        .workAfter(current)
        .filter(newer -> !newer.previousHash().equals(current.previousHash()));
  }

  @Override
  public void close() {
    watch.close();
  }
}
