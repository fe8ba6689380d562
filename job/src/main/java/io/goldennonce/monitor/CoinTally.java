package io.goldennonce.monitor;

import io.goldennonce.search.RecentRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums the coins that an application counts. Not thread-safe. */
final class CoinTally {
  /** Maximum number of miners with their own label in the metrics. A process usually has one. */
  static final int MAX_MINERS = 20;

  private static final String OTHERS = "others";

  private final Map<String, Long> byMiner = new TreeMap<>();
  private Snapshot.@Nullable Coins current;
  private RecentRate hashes = new RecentRate();
  private RecentRate coins = new RecentRate();

  /** Starts a count. */
  void start(
      String title, String miner, Map<String, Long> earlier, OptionalLong wanted, Instant now) {
    // Prometheus does not see the first increase of a series that starts with it.
    byMiner.putIfAbsent(label(miner), 0L);
    hashes = new RecentRate();
    coins = new RecentRate();
    current =
        new Snapshot.Coins(
            title, Snapshot.State.RUNNING, now, miner, wanted, earlier, 0, 0, Duration.ZERO, 0, 0);
    progress(0, 0, now);
  }

  /**
   * Updates the count.
   *
   * @return the time since its start
   */
  Duration progress(long coinsSoFar, long hashesSoFar, Instant now) {
    if (current == null) {
      throw new IllegalStateException("no count was started");
    }
    Duration elapsed = Duration.between(current.startedAt(), now);
    hashes.add(elapsed, hashesSoFar);
    coins.add(elapsed, coinsSoFar);
    byMiner.merge(label(current.miner()), coinsSoFar - current.coins(), Long::sum);
    current = current.with(coinsSoFar, hashesSoFar, elapsed, hashes.rate(), coins.rate());
    return elapsed;
  }

  private String label(String miner) {
    return byMiner.containsKey(miner) || byMiner.size() < MAX_MINERS ? miner : OTHERS;
  }

  void ended(Snapshot.State state) {
    if (current != null) {
      current = current.endedAs(state);
    }
  }

  /** The running count, or else the last one. */
  Optional<Snapshot.Coins> current() {
    return Optional.ofNullable(current);
  }

  boolean isRunning() {
    return current != null && current.isRunning();
  }

  /** Coins per second over the last seconds; 0 if none are counted. */
  double rate() {
    return current().map(Snapshot.Coins::recentCoinRate).orElse(0.0);
  }

  /** Coins counted by the application, by miner. */
  Map<String, Long> byMiner() {
    return Map.copyOf(byMiner);
  }
}
