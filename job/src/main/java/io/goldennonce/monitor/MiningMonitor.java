package io.goldennonce.monitor;

import io.goldennonce.chain.BlockSummary;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.Found;
import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches the searches of one application, and tells in a {@link Snapshot} how they stand.
 * Thread-safe; every call is short.
 */
public final class MiningMonitor {
  private static final int MAX_BLOCKS = 20;
  private static final int MAX_SAMPLES = 300;
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);

  private final Clock clock;
  private final ExecutorTable executors = new ExecutorTable();
  private final Deque<Snapshot.Sample> history = new ArrayDeque<>();
  private final Map<Snapshot.State, Long> ended = new EnumMap<>(Snapshot.State.class);
  private List<BlockSummary> blocks = List.of();
  private Snapshot.@Nullable Search search;
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

  /**
   * Watches a search from now until it is closed.
   *
   * @param title what it is called
   */
  public synchronized Watch watch(SearchSpec spec, String title) {
    search =
        new Snapshot.Search(
            spec.id(),
            title,
            Snapshot.State.RUNNING,
            clock.instant(),
            spec.keyspace(),
            Difficulty.ofTarget(spec.target()).value(),
            1 / spec.target().probability(),
            Optional.empty(),
            clock.instant(),
            Optional.empty());
    return new Watch();
  }

  /** Takes in blocks of the chain that were there before. */
  public synchronized void chain(List<BlockSummary> earlier) {
    List<BlockSummary> all = new ArrayList<>(blocks);
    // By hash, as a table keeps times to the microsecond only.
    Set<Hash256> known = all.stream().map(BlockSummary::hash).collect(Collectors.toSet());
    earlier.stream().filter(block -> !known.contains(block.hash())).forEach(all::add);
    all.sort(
        Comparator.comparingLong(BlockSummary::height)
            .thenComparing(BlockSummary::minedAt)
            .reversed());
    blocks = List.copyOf(all.subList(0, Math.min(MAX_BLOCKS, all.size())));
  }

  /** Takes in a block that was mined. */
  public synchronized void mined(BlockSummary block) {
    mined++;
    chain(List.of(block));
  }

  synchronized void vitals(ExecutorVitals vitals) {
    executors.vitals(vitals);
  }

  /** How things stand. */
  synchronized Snapshot snapshot() {
    Optional<SearchProgress> progress =
        Optional.ofNullable(search).flatMap(Snapshot.Search::progress);
    return new Snapshot(
        clock.instant(),
        new Snapshot.Totals(
            earlierHashes + runningHashes(),
            finds,
            earlierWaves + (isRunning() ? progress.map(SearchProgress::waves).orElse(0) : 0),
            restarts,
            mined,
            ended,
            stops,
            stopTime,
            lastStop,
            lastLuck),
        Optional.ofNullable(search),
        executors.list(isRunning()),
        blocks,
        List.copyOf(history));
  }

  private boolean isRunning() {
    return search != null && search.isRunning();
  }

  private long runningHashes() {
    return isRunning() && search != null
        ? search.progress().map(SearchProgress::hashes).orElse(0L)
        : 0;
  }

  /** One search's observer; until it is closed, the search runs. */
  public final class Watch implements SearchObserver, AutoCloseable {
    private Watch() {}

    @Override
    public void progress(SearchProgress progress) {
      synchronized (MiningMonitor.this) {
        if (search != null) {
          boolean first = search.progress().isEmpty();
          restarts += first && progress.resumed() > 0 ? 1 : 0;
          executors.progress(progress);
          search = search.with(progress);
          sample(progress.recentRate(), progress.chance(), false);
        }
      }
    }

    @Override
    public void ended(SearchResult result) {
      synchronized (MiningMonitor.this) {
        result.found().ifPresent(found -> found(result));
        result.stopLatency().ifPresent(MiningMonitor.this::stopped);
        end(Snapshot.State.valueOf(result.outcome().name()), result.found());
      }
    }

    /** Watches how its ledger is kept, too. */
    public LedgerStore watched(LedgerStore store) {
      return new LedgerStore() {
        @Override
        public List<LedgerRow> earlier() {
          return store.earlier();
        }

        @Override
        public void save(List<LedgerRow> rows) {
          store.save(rows);
          ledgerKept();
        }

        @Override
        public boolean wantsShortRuns() {
          return store.wantsShortRuns();
        }
      };
    }

    /** A search that has not ended by now has failed. */
    @Override
    public void close() {
      synchronized (MiningMonitor.this) {
        if (isRunning()) {
          end(Snapshot.State.FAILED, Optional.empty());
        }
      }
    }
  }

  private void found(SearchResult result) {
    finds++;
    double tried = (double) result.work().hashes() + result.work().resumed();
    if (search != null && tried > 0) {
      lastLuck = Optional.of(search.expectedHashes() / tried);
    }
  }

  private void stopped(Duration latency) {
    stops++;
    stopTime = stopTime.plus(latency);
    lastStop = Optional.of(latency);
  }

  private void end(Snapshot.State state, Optional<Found> found) {
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

  private synchronized void ledgerKept() {
    if (search != null) {
      search = search.withLedgerKeptAt(clock.instant());
    }
  }

  private void sample(double rate, double chance, boolean now) {
    Instant at = clock.instant();
    Snapshot.Sample last = history.peekLast();
    if (now || last == null || !at.isBefore(last.at().plus(SAMPLE_INTERVAL))) {
      history.addLast(new Snapshot.Sample(at, rate, chance, executors.rates(isRunning())));
      while (history.size() > MAX_SAMPLES) {
        history.removeFirst();
      }
    }
  }
}
