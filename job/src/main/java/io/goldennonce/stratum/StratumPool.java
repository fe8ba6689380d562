package io.goldennonce.stratum;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.base.LatestMap;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.RemoteSource;
import io.goldennonce.work.remote.ServerUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Mining pools as a source of work: the newest job of the first pool in a list that can be reached.
 * Waits while none can be reached.
 */
public final class StratumPool implements WorkSource {
  private static final String FORM = "stratum+tcp://HOST:PORT, or with stratum+ssl";
  private static final long CHECK_MILLIS = 250;
  private static final long TICK_MILLIS = 20;

  /** Number of jobs whose searched parts are remembered. */
  private static final int KNOWN_JOBS = 256;

  /**
   * Settings of the work for pools.
   *
   * @param user the user name at the pool, often {@code ADDRESS.WORKER}
   * @param password sent with it; empty for none
   * @param count number of accepted shares to end with, 1 or more
   * @param timeout maximum time until an answer, the end of a line, or the first job
   * @param silence maximum time without data on a connection
   * @param keepAlive time without sending after which a ping is sent
   * @param jobAge age at which a search stops for a newer job that does not require it
   * @param longestPause maximum pause between attempts to reach a pool
   * @param suggestedDifficulty difficulty to suggest to the pool; 0 for none
   * @param versionBits maximum number of version bits to roll
   * @param followsPool whether a pool may redirect to another host
   * @param tls creates encrypted sockets
   */
  public record Settings(
      String user,
      String password,
      long count,
      Duration timeout,
      Duration silence,
      Duration keepAlive,
      Duration jobAge,
      Duration longestPause,
      double suggestedDifficulty,
      int versionBits,
      boolean followsPool,
      SSLSocketFactory tls) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Settings[user=" + user + ", count=" + count + "]";
    }
  }

  private final List<ServerUrl> pools;
  private final Settings settings;
  private final Consumer<String> report;
  private final ShareQueue shares;
  private final RemoteSource loop;
  private final RemoteSource.Server asked = new Asked();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("stratum-clock"));

  /** Number of a job's parts that are or were searched, by the job's first header. */
  private final Map<String, Integer> parts = new LatestMap<>(KNOWN_JOBS);

  private volatile @Nullable StratumSession session;
  private @Nullable ServerUrl redirect;
  private long notBefore = System.nanoTime();
  private int index;
  private int refusals;
  private boolean hasWorked;
  private boolean wasIn;

  /**
   * @param pools in order of preference, at least one
   * @param store stores each share until the pool has judged it
   * @param judged receives each share with its verdict, in another thread
   * @param report receives lines for the user
   */
  public StratumPool(
      List<ServerUrl> pools,
      Settings settings,
      FindStore<Share> store,
      Consumer<Share> judged,
      Consumer<String> report) {
    this.pools = List.copyOf(pools);
    this.settings = settings;
    this.report = report;
    this.shares = new ShareQueue(() -> session, store, judged, report);
    this.loop = new RemoteSource(shares, settings.count(), settings.longestPause(), report);
    clock.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Reads a pool's URL.
   *
   * @throws IllegalArgumentException if it is not valid; the message does not repeat a URL that may
   *     hold a password
   */
  public static ServerUrl url(String text) {
    ServerUrl url =
        ServerUrl.parse(
            text,
            Set.of("stratum+tcp", "stratum+ssl"),
            "a pool's URL",
            FORM,
            "give them by --user and --password-file");
    if (url.port().isEmpty() || !url.path().equals("/")) {
      throw new IllegalArgumentException("a pool's URL must be " + FORM + ", got " + text);
    }
    return url;
  }

  /**
   * {@inheritDoc}
   *
   * @throws WorkerRefusedException if no pool accepts the worker
   */
  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    return shares.accepted() >= settings.count() ? Optional.empty() : loop.next(asked, stop);
  }

  /** Submits the remaining shares and reports the sums. */
  @Override
  public void close() {
    shares.close();
    clock.shutdownNow();
    StratumSession last = session;
    if (last != null) {
      last.close();
    }
    if (wasIn) {
      report.accept(shares.totals().summary());
    }
  }

  private void check() {
    StratumSession now = session;
    if (now != null) {
      now.connection().check();
    }
  }

  private boolean isEnough() {
    return shares.accepted() >= settings.count() || shares.failure().isPresent();
  }

  /** The pools as one server. */
  private final class Asked implements RemoteSource.Server {
    @Override
    public void connect(StopSignal stop) throws AwayException, InterruptedException {
      StratumSession now = session;
      if (now != null) {
        Optional<AwayException> end = now.connection().end();
        if (end.isPresent()) {
          throw end.get();
        }
        return;
      }
      while (System.nanoTime() - notBefore < 0) {
        if (stop.reason().isPresent()) {
          throw AwayException.away("the wait for the pool was stopped");
        }
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      }
      ServerUrl url = redirect == null ? pools.get(index) : redirect;
      StratumSession opened = new StratumSession(url, settings, report);
      session = opened; // checked from now on
      try {
        opened.logIn(stop);
        wasIn = true;
      } catch (StratumError e) {
        refusals++;
        String said = url + " refuses the worker " + settings.user() + " (" + e.getMessage() + ")";
        if (!wasIn && refusals >= pools.size()) {
          throw new WorkerRefusedException(
              said + "; check --user, --password-file and GOLDEN_NONCE_POOL_PASSWORD");
        }
        throw AwayException.away(said);
      }
    }

    @Override
    public Work work(StopSignal stop) throws AwayException, InterruptedException {
      StratumSession now = Objects.requireNonNull(session, "not connected");
      PoolJob job = now.jobAfter(null, stop);
      hasWorked = true;
      long startedAt = System.nanoTime();
      while (true) {
        String family = new JobSearch(now.url().toString(), job).canonicalText();
        int part = parts.merge(family, 1, Integer::sum) - 1;
        if (part < JobSearch.PARTS) {
          PoolJob chosen = job;
          return new PoolWork(
              now.url().toString(),
              settings.user(),
              chosen,
              part,
              () -> isEnough() || now.isOver(chosen, startedAt),
              (share, outdated) -> shares.add(share, outdated.or(stop)));
        }
        job = now.jobAfter(job, stop);
      }
    }

    /** After a pool that has worked, starts again with the first; otherwise tries the next. */
    @Override
    public void lost() {
      StratumSession last = session;
      session = null;
      if (last == null) {
        return;
      }
      last.close();
      redirect = last.calls().redirect().orElse(null);
      notBefore = System.nanoTime() + last.calls().redirectWait().toNanos();
      index = hasWorked ? 0 : (index + 1) % pools.size();
      hasWorked = false;
    }
  }
}
