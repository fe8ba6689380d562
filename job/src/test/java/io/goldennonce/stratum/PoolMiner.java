package io.goldennonce.stratum;

import io.goldennonce.search.Outcome;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.Await;
import io.goldennonce.testing.Results;
import io.goldennonce.work.Work;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.ServerUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;

/** A miner without Spark: the source of work under test, and a loop that hashes by itself. */
final class PoolMiner implements AutoCloseable {
  static final Duration LONG = Duration.ofMinutes(5);
  static final Duration SHORT = Duration.ofMillis(50);

  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Share> judged = new CopyOnWriteArrayList<>();
  final Store store = new Store();
  final StratumPool source;

  PoolMiner(StratumPool.Settings settings, String... urls) {
    List<ServerUrl> pools = new ArrayList<>();
    for (String url : urls) {
      pools.add(StratumPool.url(url));
    }
    this.source = new StratumPool(pools, settings, store, judged::add, told::add);
  }

  static PoolMiner of(TestPool pool) {
    return new PoolMiner(settings(), pool.url());
  }

  static StratumPool.Settings settings() {
    return new PoolSettings().build();
  }

  static StratumPool.Settings settings(SSLSocketFactory tls) {
    PoolSettings settings = new PoolSettings();
    settings.tls = tls;
    return settings.build();
  }

  static StratumPool.Settings settings(Duration timeout, Duration silence, Duration jobAge) {
    PoolSettings settings = new PoolSettings();
    settings.timeout = timeout;
    settings.silence = silence;
    settings.jobAge = jobAge;
    return settings.build();
  }

  Work next() throws InterruptedException {
    return source.next(StopSignal.never()).orElseThrow();
  }

  /** The first shares of a job, told to it as a search does. */
  static List<Solution> mine(Work work, int shares) {
    List<Solution> found = new ArrayList<>();
    for (long position = work.search().keyspace().from(); found.size() < shares; position++) {
      Solution.confirm(work.search(), position).ifPresent(found::add);
    }
    found.forEach(work::found);
    return found;
  }

  /** The search has ended as it does where the pool wants something else. */
  static void end(Work work) {
    work.deliver(Results.unsolved(Outcome.OUTDATED));
  }

  void awaitJudged(int shares) throws InterruptedException {
    Await.until(shares + " judged shares", () -> judged.size() >= shares);
  }

  static void awaitOutdated(Work work) throws InterruptedException {
    Await.until("the work's end", () -> work.outdated().reason().isPresent());
  }

  @Override
  public void close() {
    source.close();
  }

  /** Shares in memory, by their hash. */
  static final class Store implements FindStore<Share> {
    private final Map<String, Share> kept = new LinkedHashMap<>();
    private volatile UnaryOperator<Share> onKeep = share -> share;

    /** Does something, or fails, before it keeps a share. */
    void on(UnaryOperator<Share> action) {
      onKeep = action;
    }

    @Override
    public synchronized void save(Share share) {
      Share now = onKeep.apply(share);
      kept.put(now.header().hash().toDisplay(), now);
    }

    @Override
    public synchronized List<Share> pending() {
      return all().stream().filter(share -> share.verdict() == Share.Verdict.PENDING).toList();
    }

    synchronized List<Share> all() {
      return List.copyOf(kept.values());
    }

    Optional<Share> of(String hash) {
      return all().stream()
          .filter(share -> share.header().hash().toDisplay().equals(hash))
          .findFirst();
    }
  }
}
