package io.goldennonce.puzzle.wallet;

import static io.goldennonce.table.parquet.ColumnType.DOUBLE;
import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.pow.Hash256;
import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.search.NonceRange;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The table {@code coins}: intervals of hashed candidates, with the number of coins in each. A coin
 * is identified by its candidate's position, so rows that do not overlap have no coin in common.
 */
public final class CoinTable {
  /** Its columns. A row is identified by {@code run_id} and {@code from}. */
  public static final TableSchema<Entry> SCHEMA =
      TableSchema.<Entry>named("coins")
          .required("from", LONG, Entry::from)
          .required("to", LONG, Entry::to)
          .required("hashes", LONG, Entry::hashes)
          .required("coins", LONG, Entry::coins)
          .required("lowest_hash", STRING, Entry::lowestHash)
          .required("miner", STRING, Entry::miner)
          .required("run_id", STRING, Entry::runId)
          .required("seconds", DOUBLE, Entry::seconds)
          .required("ended_at", TIMESTAMP, Entry::endedAt);

  private final RecordTable<Entry> table;

  public CoinTable(Warehouse warehouse) {
    this.table = warehouse.table(SCHEMA);
  }

  /**
   * A row.
   *
   * @param count the candidates and their coins
   * @param miner the miner that owns the coins
   * @param runId the id of the run
   * @param seconds the time that the count took on all slots
   * @param endedAt when the count ended
   */
  public record Entry(
      CoinCount count, String miner, String runId, double seconds, Instant endedAt) {
    long from() {
      return count.range().from();
    }

    long to() {
      return count.range().to();
    }

    /** Returns the number of coins. */
    public long coins() {
      return count.coins();
    }

    /** Returns the number of candidates. */
    public long hashes() {
      return count.range().size();
    }

    /** Returns the lowest hash in hex. */
    public String lowestHash() {
      return count.lowest().toHex();
    }

    /** Whether the other row starts where this one ends, in the same run and minute. */
    boolean isContinuedBy(Entry next) {
      return runId.equals(next.runId)
          && count.range().to() == next.count.range().from()
          && minute(endedAt).equals(minute(next.endedAt));
    }

    /** Merges this row with the one that continues it. */
    Entry mergedWith(Entry next) {
      return new Entry(
          count.mergedWith(next.count), miner, runId, seconds + next.seconds, next.endedAt);
    }

    private static Instant minute(Instant instant) {
      return instant.truncatedTo(ChronoUnit.MINUTES);
    }
  }

  /** Appends rows atomically, as one file. */
  void append(String name, List<Entry> entries) {
    table.append(name, entries);
  }

  /**
   * Reads the rows that count, ascending by candidates, without Spark. A row that overlaps an
   * earlier one does not count: if a process is suspended just before it saves, for longer than its
   * lease lasts, another process counts the same candidates.
   */
  public List<Entry> counting() {
    List<Entry> rows = new ArrayList<>(table.read(CoinTable::entry));
    rows.sort(Comparator.<Entry>comparingLong(Entry::from).thenComparing(Entry::endedAt));
    List<Entry> counting = new ArrayList<>();
    long reached = 0;
    for (Entry row : rows) {
      if (row.from() >= reached) {
        counting.add(row);
        reached = row.to();
      }
    }
    return counting;
  }

  private static Entry entry(StoredRow row) {
    return new Entry(
        new CoinCount(
            new NonceRange(row.getLong("from"), row.getLong("to")),
            row.getLong("coins"),
            Hash256.ofHex(row.getString("lowest_hash"))),
        row.getString("miner"),
        row.getString("run_id"),
        row.getDouble("seconds"),
        row.getInstant("ended_at"));
  }
}
