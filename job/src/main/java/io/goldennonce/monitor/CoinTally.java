package io.goldennonce.monitor;

import io.goldennonce.search.RecentRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the coins that an application counts. Not thread-safe. */
final class CoinTally {
  /** Miners that have a label of their own in the metrics; a process has one, as a rule. */
  static final int MAX_MINERS = 20;

  private static final String OTHERS = "others";

  private final Map<String, Long> byMiner = new TreeMap<>();
  private Snapshot.@Nullable Coins current;
  private RecentRate hashes = new RecentRate();
  private RecentRate coins = new RecentRate();

  /** A count begins. */
  void begin(
      String title, String miner, Map<String, Long> earlier, OptionalLong wanted, Instant now) {
    // A series that is there from the start has no first increase that goes unseen.
    byMiner.putIfAbsent(label(miner), 0L);
    hashes = new RecentRate();
    coins = new RecentRate();
    current =
        new Snapshot.Coins(
            title, Snapshot.State.RUNNING, now, miner, wanted, earlier, 0, 0, Duration.ZERO, 0, 0);
    progress(0, 0, now);
  }

  /**
   * Takes in how far it is.
   *
   * @param coinsSoFar counted since it began
   * @param hashesSoFar computed since it began
   * @return the time since it began
   */
  Duration progress(long coinsSoFar, long hashesSoFar, Instant now) {
    if (current == null) {
      throw new IllegalStateException("no count has begun");
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

  /** The one that runs, else the last one. */
  Optional<Snapshot.Coins> current() {
    return Optional.ofNullable(current);
  }

  boolean isRunning() {
    return current != null && current.isRunning();
  }

  /** Coins a second over the last seconds; 0 where none are counted. */
  double rate() {
    return current().map(Snapshot.Coins::recentCoinRate).orElse(0.0);
  }

  /** What the application has counted. */
  Map<String, Long> byMiner() {
    return Map.copyOf(byMiner);
  }
}
