package io.goldennonce.monitor;

import io.goldennonce.chain.BlockRow;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches the searches of one application and shows their state as a {@link Snapshot}. Thread-safe;
 * every call is short.
 */
public final class MiningMonitor {
  private static final int MAX_SAMPLES = 300;
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);

  /** For this time after a request, the picture of the keyspace is updated. */
  private static final Duration WATCH_TIME = Duration.ofSeconds(10);

  private final Clock clock;
  private final ExecutorTable executors = new ExecutorTable();
  private final CoinTally coins = new CoinTally();
  private final Deque<Snapshot.Sample> history = new ArrayDeque<>();
  private final Map<Snapshot.State, Long> ended = new EnumMap<>(Snapshot.State.class);
  private final ShareTally shares = new ShareTally();
  private final Spending spending = new Spending();
  private final RecentBlocks blocks = new RecentBlocks();
  private Snapshot.@Nullable Search search;
  private Instant watchedUntil = Instant.MIN;
  private long earlierHashes;
  private long earlierWaves;
  private long finds;
  private long restarts;
  private long mined;
  private long stops;
  private Duration stopTime = Duration.ZERO;
  private Optional<Duration> lastStop = Optional.empty();
  private Optional<Double> lastLuck = Optional.empty();

  MiningMonitor(Clock clock) {
    this.clock = clock;
  }

  public synchronized Watch watch(SearchSpec spec, String title) {
    Instant now = clock.instant();
    search =
        new Snapshot.Search(
            spec,
            title,
            Snapshot.State.RUNNING,
            now,
            Optional.empty(),
            Optional.of(now),
            Optional.empty());
    return new Watch();
  }

  /**
   * Watches a count of coins until the watch is closed.
   *
   * @param earlier number of earlier coins by miner
   * @param wanted number of coins to end with, earlier ones included; empty for no end
   */
  public synchronized CoinWatch watchCoins(
      String title, String miner, Map<String, Long> earlier, OptionalLong wanted) {
    coins.start(title, miner, earlier, wanted, clock.instant());
    return new CoinWatch();
  }

  /** Adds blocks of the chain that were mined before. */
  public synchronized void chain(List<BlockRow> earlier) {
    blocks.add(earlier);
  }

  public synchronized void mined(BlockRow block) {
    mined++;
    chain(List.of(block));
  }

  /** Takes in a share that a pool has judged, with the difficulty of its hash. */
  public synchronized void shared(String verdict, double difficulty) {
    shares.add(verdict, difficulty);
  }

  /** What the application's executors cost. */
  public Spending spending() {
    return spending;
  }

  synchronized void usage(ExecutorUsage usage) {
    executors.usage(usage, clock.instant());
  }

  synchronized Snapshot snapshot() {
    watchedUntil = clock.instant().plus(WATCH_TIME);
    Optional<SearchProgress> progress =
        Optional.ofNullable(search).flatMap(Snapshot.Search::progress);
    return new Snapshot(
        clock.instant(),
        new Snapshot.Totals(
            earlierHashes + runningHashes(),
            finds,
            earlierWaves + (isSearching() ? progress.map(SearchProgress::waves).orElse(0) : 0),
            restarts,
            mined,
            ended,
            stops,
            stopTime,
            lastStop,
            lastLuck,
            coins.byMiner(),
            shares.current(),
            spending.at(System.nanoTime())),
        Optional.ofNullable(search),
        coins.current(),
        executors.list(isRunning()),
        blocks.list(),
        List.copyOf(history));
  }

  private boolean isRunning() {
    return isSearching() || coins.isRunning();
  }

  private boolean isSearching() {
    return search != null && search.isRunning();
  }

  private long runningHashes() {
    return isSearching() && search != null
        ? search.progress().map(SearchProgress::hashes).orElse(0L)
        : 0;
  }

  /** Observer of one search, which runs until it is closed. */
  public final class Watch implements SearchReporter, AutoCloseable {
    private @Nullable SearchProgress latest;

    private Watch() {}

    @Override
    public void progress(SearchProgress progress) {
      synchronized (MiningMonitor.this) {
        if (search != null) {
          boolean first = search.progress().isEmpty();
          restarts += first && progress.resumed() > 0 ? 1 : 0;
          executors.progress(progress.elapsed(), progress.work(), clock.instant());
          boolean draws = first || clock.instant().isBefore(watchedUntil);
          search = search.with(draws ? progress.drawn() : progress.drawnAs(search.progress()));
          latest = progress;
          sample(progress.recentRate(), progress.chance(), false);
        }
      }
    }

    @Override
    public void ended(SearchResult result) {
      synchronized (MiningMonitor.this) {
        result.found().ifPresent(found -> MiningMonitor.this.found(result));
        result.stopLatency().ifPresent(MiningMonitor.this::stopped);
        if (search != null && latest != null) {
          search = search.with(latest.drawn());
        }
        end(Snapshot.State.valueOf(result.outcome().name()), result.found());
      }
    }

    /** Says that the search's ledger is not saved. */
    public void withoutLedger() {
      ledgerSavedAt(Optional.empty());
    }

    @Override
    public void ledgerSaved() {
      ledgerSavedAt(Optional.of(clock.instant()));
    }

    /** Ends the watch; a search without a result has failed. */
    @Override
    public void close() {
      synchronized (MiningMonitor.this) {
        if (isSearching()) {
          end(Snapshot.State.FAILED, Optional.empty());
        }
      }
    }
  }

  /** Observer of one count of coins, which runs until it is closed. */
  public final class CoinWatch implements AutoCloseable {
    private long hashes;

    private CoinWatch() {}

    /**
     * Reports the end of a wave.
     *
     * @param counted coins since the count started
     * @param hashesSoFar hashes since then
     * @param work each executor's part of them
     */
    public void progress(long counted, long hashesSoFar, List<ExecutorWork> work) {
      synchronized (MiningMonitor.this) {
        earlierHashes += hashesSoFar - hashes;
        hashes = hashesSoFar;
        earlierWaves++;
        Duration elapsed = coins.progress(counted, hashesSoFar, clock.instant());
        executors.progress(elapsed, work, clock.instant());
        sample(coins.current().map(Snapshot.Coins::recentRate).orElse(0.0), 0, false);
      }
    }

    public void ended(Outcome outcome) {
      end(Snapshot.State.valueOf(outcome.name()));
    }

    /** Ends the watch; a count without a result has failed. */
    @Override
    public void close() {
      end(Snapshot.State.FAILED);
    }

    private void end(Snapshot.State state) {
      synchronized (MiningMonitor.this) {
        if (coins.isRunning()) {
          coins.ended(state);
          executors.ended();
          ended.merge(state, 1L, Long::sum);
          sample(0, 0, true);
        }
      }
    }
  }

  private void found(SearchResult result) {
    finds++;
    double tried = (double) result.work().hashes() + result.work().resumed();
    if (search != null && tried > 0) {
      lastLuck = Optional.of(search.expectedHashes() * result.solutions().size() / tried);
    }
  }

  private void stopped(Duration latency) {
    stops++;
    stopTime = stopTime.plus(latency);
    lastStop = Optional.of(latency);
  }

  private void end(Snapshot.State state, Optional<Solution> found) {
    if (search == null) {
      return;
    }
    Snapshot.Search last = search;
    earlierHashes += runningHashes();
    earlierWaves += last.progress().map(SearchProgress::waves).orElse(0);
    executors.ended();
    ended.merge(state, 1L, Long::sum);
    search = last.endedAs(state, found);
    sample(0, last.progress().map(SearchProgress::chance).orElse(0.0), true);
  }

  private synchronized void ledgerSavedAt(Optional<Instant> at) {
    if (search != null) {
      search = search.withLedgerSavedAt(at);
    }
  }

  private void sample(double rate, double chance, boolean now) {
    Instant at = clock.instant();
    Snapshot.Sample last = history.peekLast();
    if (now || last == null || !at.isBefore(last.at().plus(SAMPLE_INTERVAL))) {
      history.addLast(
          new Snapshot.Sample(at, rate, chance, coins.rate(), executors.rates(isRunning())));
      while (history.size() > MAX_SAMPLES) {
        history.removeFirst();
      }
    }
  }
}
