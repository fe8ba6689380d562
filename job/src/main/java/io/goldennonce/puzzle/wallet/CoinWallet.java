package io.goldennonce.puzzle.wallet;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.search.NonceRange;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseLostException;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Saves the coins of one run in a warehouse's table {@code coins}, at an interval and on closing.
 * Not thread-safe.
 */
public final class CoinWallet implements AutoCloseable {
  /** A run is considered dead after missing this number of intervals in a row. */
  private static final int MISSED = 3;

  private final CoinTable table;
  private final Lease lease;
  private final NonceRange candidates;
  private final String miner;
  private final long intervalNanos;
  private final String runId = UUID.randomUUID().toString();
  private final List<CoinTable.Entry> earlier;
  private final List<CoinTable.Entry> pending = new ArrayList<>();
  private long saved = System.nanoTime();
  private int files;

  /**
   * Opens the wallet and takes the lease of the candidates.
   *
   * @param candidates the candidates of this run
   * @param miner the owner of the coins
   * @param interval time between saves, and so the work that a killed driver can lose
   * @throws WarehouseException if another process counts the same candidates
   */
  public CoinWallet(Warehouse warehouse, NonceRange candidates, String miner, Duration interval) {
    this.table = new CoinTable(warehouse);
    this.candidates = candidates;
    this.miner = miner;
    this.intervalNanos = interval.toNanos();
    String part = "coins-" + candidates.from() + "-" + candidates.to();
    this.lease = warehouse.lease(part, interval.multipliedBy(MISSED));
    this.earlier = table.counting();
  }

  /** Returns the candidates that were not counted yet, ascending. */
  public List<NonceRange> missing() {
    return candidates.without(earlier.stream().map(row -> row.count().range()).toList());
  }

  /** Returns the number of coins that earlier runs found among the candidates. */
  public long earlierCoins() {
    return earlierCoinsByMiner().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the number of coins that earlier runs found among the candidates, by miner. */
  public Map<String, Long> earlierCoinsByMiner() {
    return earlier.stream()
        .filter(row -> row.from() >= candidates.from())
        .filter(row -> row.to() <= candidates.to())
        .collect(
            Collectors.groupingBy(
                CoinTable.Entry::miner, Collectors.summingLong(CoinTable.Entry::coins)));
  }

  /** Adds a count; saves if the interval is over. */
  public void add(CoinCount count, double seconds) {
    CoinTable.Entry entry = new CoinTable.Entry(count, miner, runId, seconds, Instant.now());
    int last = pending.size() - 1;
    if (last >= 0 && pending.get(last).isContinuedBy(entry)) {
      pending.set(last, pending.get(last).mergedWith(entry));
    } else {
      pending.add(entry);
    }
    if (System.nanoTime() - saved >= intervalNanos) {
      save();
    }
  }

  @Override
  public void close() {
    try {
      save();
    } finally {
      lease.close();
    }
  }

  private void save() {
    try {
      lease.renew();
    } catch (IOException | LeaseLostException e) {
      throw new WarehouseException("the coins could not be saved: " + e.getMessage(), e);
    }
    if (!pending.isEmpty()) {
      files++;
      table.append(runId + "-" + String.format(Locale.ROOT, "%06d", files), pending);
      pending.clear();
    }
    saved = System.nanoTime();
  }
}
