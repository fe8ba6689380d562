package io.goldennonce.monitor;

import io.goldennonce.chain.BlockRow;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.plan.Spending;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchSpec;
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
 * The state of an application's searches at one moment, from which metrics, the live page and its
 * JSON are made.
 *
 * @param search the running search, or else the last one; empty before the first
 * @param coins the running count of coins, or else the last one; empty before the first
 * @param executors each executor that has reported, by id
 * @param blocks the last blocks of the chain, the newest first
 * @param history about one sample per second, the oldest first
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

  /** The state of a search. */
  enum State {
    RUNNING,
    FOUND,
    EXHAUSTED,
    DEADLINE,
    COST_LIMIT,
    INTERRUPTED,
    OUTDATED,
    FAILED;

    /** Its name in metrics and JSON. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Sums over an application.
   *
   * @param restarts searches that resumed an earlier run
   * @param ended number of ended searches by their final state
   * @param stops number of timed stops
   * @param stopTime sum of their latencies
   * @param lastLuck expected hashes of the last find over the hashes it took
   * @param coins coins counted, by miner
   * @param spent what its executors have cost, if their price is known
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
      Shares shares,
      Optional<Spending.Spent> spent) {
    Totals {
      ended = Map.copyOf(ended);
      coins = Map.copyOf(coins);
    }
  }

  /**
   * Shares found for mining pools.
   *
   * @param byVerdict those that a pool has judged
   * @param best the greatest difficulty of an accepted share's hash
   */
  record Shares(Map<String, Long> byVerdict, Optional<Double> best) {
    Shares {
      byVerdict = Map.copyOf(byVerdict);
    }
  }

  /**
   * One search.
   *
   * @param startedAt when this run of it started
   * @param progress as last reported
   * @param ledgerSavedAt when its ledger was last saved; before that, when it started; empty if it
   *     is not saved
   */
  record Search(
      SearchSpec spec,
      String title,
      State state,
      Instant startedAt,
      Optional<SearchProgress> progress,
      Optional<Instant> ledgerSavedAt,
      Optional<Solution> found) {
    boolean isRunning() {
      return state == State.RUNNING;
    }

    /** Mean number of hashes for one solution. */
    double expectedHashes() {
      return 1 / spec.target().probability();
    }

    /** Difficulty of its target, as defined by Bitcoin. */
    double difficulty() {
      return Difficulty.ofTarget(spec.target()).value();
    }

    Search with(SearchProgress latest) {
      return new Search(spec, title, state, startedAt, Optional.of(latest), ledgerSavedAt, found);
    }

    Search withLedgerSavedAt(Optional<Instant> time) {
      return new Search(spec, title, state, startedAt, progress, time, found);
    }

    Search endedAs(State end, Optional<Solution> solution) {
      return new Search(spec, title, end, startedAt, progress, ledgerSavedAt, solution);
    }
  }

  /**
   * A count of coins.
   *
   * @param wanted number of coins to end with, earlier ones included; empty for no end
   * @param earlier number of earlier coins by miner
   * @param elapsed time since its start, as last reported
   * @param recentRate hashes per second over the last seconds
   * @param recentCoinRate coins per second over the last seconds
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
   * @param executor its id in Spark
   * @param kernel the kernel it used last; empty before its first range
   * @param hashes hashes computed in this application
   * @param rate hashes per second over the last seconds; 0 if no search runs
   * @param faults number of wrong hashes that it reported
   * @param usage resource usage of its process; null if not reported
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
    /** Its name in charts, unique in an application. */
    String name() {
      return executor + " @ " + host;
    }

    /** Usage of one of its devices, as reported by the device's driver. */
    @Nullable DeviceUsage usageOf(Device device) {
      return usage == null ? null : usage.of(device.id());
    }
  }

  /**
   * A device other than the processor.
   *
   * @param id its kind and number, unique on its machine
   * @param hashes hashes computed in this application
   * @param rate hashes per second over the last seconds; 0 if no search runs
   * @param lost whether it has failed and the processor replaces it
   */
  record Device(String id, String name, long hashes, double rate, boolean lost) {}

  /**
   * Rates at a moment.
   *
   * @param rate hashes per second over the last seconds
   * @param chance the probability that the search had found a solution by then
   * @param coinRate coins per second over the last seconds
   * @param rates hashes per second by executor's name
   */
  record Sample(
      Instant at, double rate, double chance, double coinRate, Map<String, Double> rates) {
    Sample {
      rates = Map.copyOf(rates);
    }
  }

  /** Whether a search or a count of coins runs. */
  boolean isRunning() {
    return search.filter(Search::isRunning).isPresent()
        || coins.filter(Coins::isRunning).isPresent();
  }

  /** Hashes per second over the last seconds; 0 if nothing runs. */
  double recentRate() {
    return search
        .filter(Search::isRunning)
        .flatMap(Search::progress)
        .map(SearchProgress::recentRate)
        .or(() -> coins.map(Coins::recentRate))
        .orElse(0.0);
  }

  /** Time between the last block and its parent, if both are known. */
  Optional<Duration> blockInterval() {
    return RecentBlocks.interval(blocks);
  }
}
