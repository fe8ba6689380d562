package io.goldennonce.warehouse;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.search.NonceRange;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code coins}: intervals of candidates that were hashed, with the coins in each. A
 * candidate's position is its coin's name: two rows that do not overlap have no coin in common.
 */
final class CoinTable {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "`from` BIGINT NOT NULL, `to` BIGINT NOT NULL, hashes BIGINT NOT NULL,"
              + " coins BIGINT NOT NULL, lowest_hash STRING NOT NULL, miner STRING NOT NULL,"
              + " run_id STRING NOT NULL, seconds DOUBLE NOT NULL, ended_at TIMESTAMP NOT NULL");

  private static final String NAME = "coins";

  private final ParquetTable table;

  CoinTable(Warehouse warehouse) {
    this.table = warehouse.table(NAME);
  }

  /**
   * A row.
   *
   * @param count what was counted
   * @param miner who did
   * @param runId in which run
   * @param seconds how long it took
   * @param endedAt when it was done
   */
  record Entry(CoinCount count, String miner, String runId, double seconds, Instant endedAt) {
    /** Whether the other follows on it, in the same run and minute. */
    boolean isContinuedBy(Entry next) {
      return runId.equals(next.runId)
          && count.range().to() == next.count.range().from()
          && minute(endedAt).equals(minute(next.endedAt));
    }

    /** This and the one that continues it. */
    Entry mergedWith(Entry next) {
      return new Entry(
          count.mergedWith(next.count), miner, runId, seconds + next.seconds, next.endedAt);
    }

    private static Instant minute(Instant instant) {
      return instant.truncatedTo(ChronoUnit.MINUTES);
    }
  }

  /** A row as it is kept. */
  record Stored(
      NonceRange range,
      long coins,
      String lowestHash,
      String miner,
      double seconds,
      Instant endedAt) {}

  /** Appends rows as one file: all or nothing. */
  void append(String name, List<Entry> entries) {
    table.append(name, entries.stream().map(CoinTable::row).toList(), SCHEMA);
  }

  /** What all runs have counted that has to do with some candidates. */
  List<Stored> touching(NonceRange candidates) {
    return stored().stream()
        .filter(row -> row.range().to() > candidates.from() && row.range().from() < candidates.to())
        .toList();
  }

  /** All rows; without Spark. */
  List<Stored> stored() {
    List<Stored> rows = new ArrayList<>();
    table.forEachRow(
        row ->
            rows.add(
                new Stored(
                    new NonceRange(row.getLong("from", 0), row.getLong("to", 0)),
                    row.getLong("coins", 0),
                    row.getString("lowest_hash", 0),
                    row.getString("miner", 0),
                    row.getDouble("seconds", 0),
                    ParquetTable.instant(row, "ended_at"))));
    return rows;
  }

  /** The files of a warehouse's. */
  static List<FileStatus> files(Warehouse warehouse) {
    return warehouse.table(NAME).fileStatuses();
  }

  private static Row row(Entry entry) {
    NonceRange range = entry.count().range();
    return RowFactory.create(
        range.from(),
        range.to(),
        range.size(),
        entry.count().coins(),
        entry.count().lowest().toHex(),
        entry.miner(),
        entry.runId(),
        entry.seconds(),
        Timestamp.from(entry.endedAt()));
  }
}
