package io.goldennonce.monitor;

import io.goldennonce.chain.BlockRow;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.Solution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an application's searches at one moment: what metrics, the live page and its
 * JSON are made of.
 *
 * @param at when
 * @param totals sums over the application's searches
 * @param search the one that runs, else the last one, or nothing before the first
 * @param coins the count of coins that runs, else the last one, or nothing before the first
 * @param executors each that has reported, by id
 * @param blocks the last blocks of the chain, the newest first
 * @param history about a sample a second, the oldest first
 */
record Snapshot(
    Instant at,
    Totals totals,
    Optional<Search> search,
    Optional<Coins> coins,
    List<Executor> executors,
    List<BlockRow> blocks,
    List<Sample> history) {

  Snapshot {
    executors = List.copyOf(executors);
    blocks = List.copyOf(blocks);
    history = List.copyOf(history);
  }

  /** How a search stands. */
  enum State {
    RUNNING,
    FOUND,
    EXHAUSTED,
    DEADLINE,
    INTERRUPTED,
    OUTDATED,
    FAILED;

    /** As it is written. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Sums over an application.
   *
   * @param hashes hashes computed
   * @param finds solutions found
   * @param waves waves sent out
   * @param restarts searches that took up what an earlier run had left
   * @param blocks blocks mined
   * @param ended searches by how they ended
   * @param stops stops that were timed
   * @param stopTime their latencies' sum
   * @param lastStop the last one's latency
   * @param lastLuck expected hashes of the last find over the hashes it took
   * @param coins coins counted, by miner
   * @param shares shares that a pool has judged, by its verdict
   */
  record Totals(
      long hashes,
      long finds,
      long waves,
      long restarts,
      long blocks,
      Map<State, Long> ended,
      long stops,
      Duration stopTime,
      Optional<Duration> lastStop,
      Optional<Double> lastLuck,
      Map<String, Long> coins,
      Map<String, Long> shares) {
    Totals {
      ended = Map.copyOf(ended);
      coins = Map.copyOf(coins);
      shares = Map.copyOf(shares);
    }
  }

  /**
   * One search.
   *
   * @param id its fingerprint
   * @param title what the progress line calls it
   * @param state how it stands
   * @param startedAt when this run of it began
   * @param keyspace where it looks
   * @param difficulty of its target, as Bitcoin counts it
   * @param expectedHashes hashes that a solution takes on average
   * @param progress as last reported
   * @param ledgerKeptAt when its ledger was last kept; when it began, until then; empty where none
   *     is kept
   * @param found the solution
   */
  record Search(
      String id,
      String title,
      State state,
      Instant startedAt,
      NonceRange keyspace,
      double difficulty,
      double expectedHashes,
      Optional<SearchProgress> progress,
      Optional<Instant> ledgerKeptAt,
      Optional<Solution> found) {
    boolean isRunning() {
      return state == State.RUNNING;
    }

    Search with(SearchProgress latest) {
      return copy(state, Optional.of(latest), ledgerKeptAt, found);
    }

    Search withLedgerKeptAt(Optional<Instant> time) {
      return copy(state, progress, time, found);
    }

    Search endedAs(State end, Optional<Solution> solution) {
      return copy(end, progress, ledgerKeptAt, solution);
    }

    private Search copy(
        State newState,
        Optional<SearchProgress> newProgress,
        Optional<Instant> newLedgerKeptAt,
        Optional<Solution> newFound) {
      return new Search(
          id,
          title,
          newState,
          startedAt,
          keyspace,
          difficulty,
          expectedHashes,
          newProgress,
          newLedgerKeptAt,
          newFound);
    }
  }

  /**
   * A count of coins.
   *
   * @param title what it is called
   * @param state how it stands
   * @param startedAt when it began
   * @param miner whose coins they are
   * @param wanted how many coins it ends with, those before it included; empty where it goes on
   * @param earlier coins that were there before it, by miner
   * @param coins counted
   * @param hashes computed
   * @param elapsed time since its start, as last reported
   * @param recentRate hashes a second over the last seconds
   * @param recentCoinRate coins a second over the last seconds
   */
  record Coins(
      String title,
      State state,
      Instant startedAt,
      String miner,
      OptionalLong wanted,
      Map<String, Long> earlier,
      long coins,
      long hashes,
      Duration elapsed,
      double recentRate,
      double recentCoinRate) {
    Coins {
      earlier = Map.copyOf(earlier);
    }

    boolean isRunning() {
      return state == State.RUNNING;
    }

    Coins with(
        long newCoins,
        long newHashes,
        Duration newElapsed,
        double newRecentRate,
        double newRecentCoinRate) {
      return new Coins(
          title,
          state,
          startedAt,
          miner,
          wanted,
          earlier,
          newCoins,
          newHashes,
          newElapsed,
          newRecentRate,
          newRecentCoinRate);
    }

    Coins endedAs(State end) {
      return new Coins(title, end, startedAt, miner, wanted, earlier, coins, hashes, elapsed, 0, 0);
    }
  }

  /**
   * One executor.
   *
   * @param executor Spark's id of it
   * @param host where it runs
   * @param kernel the kernel it used last; empty before its first range
   * @param hashes hashes computed in this application
   * @param rate hashes a second over the last seconds; 0 where no search runs
   * @param faults how often it was caught at a wrong hash
   * @param devices its devices, by id
   * @param usage what its process uses; null if not reported
   */
  record Executor(
      String executor,
      String host,
      String kernel,
      long hashes,
      double rate,
      long faults,
      List<Device> devices,
      @Nullable ExecutorUsage usage) {
    /** What it is called in charts: unique in an application. */
    String name() {
      return executor + " @ " + host;
    }

    /** What the driver says of one of its devices. */
    @Nullable DeviceUsage usageOf(Device device) {
      return usage == null ? null : usage.of(device.id());
    }
  }

  /**
   * A device other than the processor.
   *
   * @param id its kind and number, unique on its machine
   * @param name what its maker calls it
   * @param hashes hashes computed in this application
   * @param rate hashes a second over the last seconds; 0 where no search runs
   * @param lost whether it has failed, so that the processor works in its place
   */
  record Device(String id, String name, long hashes, double rate, boolean lost) {}

  /**
   * How things stood at a moment.
   *
   * @param at when
   * @param rate hashes a second over the last seconds
   * @param chance the probability that the search should have ended by then
   * @param coinRate coins a second over the last seconds
   * @param rates hashes a second by executor's name
   */
  record Sample(
      Instant at, double rate, double chance, double coinRate, Map<String, Double> rates) {
    Sample {
      rates = Map.copyOf(rates);
    }
  }

  /** Whether a search runs, or a count of coins. */
  boolean isRunning() {
    return search.filter(Search::isRunning).isPresent()
        || coins.filter(Coins::isRunning).isPresent();
  }

  /** The rate over the last seconds; 0 where nothing runs. */
  double recentRate() {
    return search
        .filter(Search::isRunning)
        .flatMap(Search::progress)
        .map(SearchProgress::recentRate)
        .or(() -> coins.map(Coins::recentRate))
        .orElse(0.0);
  }

  /** Between the last block and its parent, where both are known. */
  Optional<Duration> blockInterval() {
    return RecentBlocks.interval(blocks);
  }
}
