package io.goldennonce.store;

import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.search.NonceRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

  /** The same in Parquet's words. */
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          """
          message coins {
            required int64 from;
            required int64 to;
            required int64 hashes;
            required int64 coins;
            required binary lowest_hash (STRING);
            required binary miner (STRING);
            required binary run_id (STRING);
            required double seconds;
            required int64 ended_at (TIMESTAMP(MICROS,true));
          }
          """);

  private final ParquetTable table;

  CoinTable(Warehouse warehouse) {
    this.table = warehouse.table("coins");
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

  /** An interval of an earlier run, and its coins. */
  record Counted(NonceRange range, long coins) {}

  /** Appends rows as one file: all or nothing. */
  void append(String name, List<Entry> entries) {
    table.add(name, file -> write(file, entries));
  }

  /** What all runs have counted that has to do with some candidates. */
  List<Counted> touching(NonceRange candidates) {
    List<Counted> rows = new ArrayList<>();
    for (Path file : table.files()) {
      try {
        table.forEachRow(
            file,
            row ->
                rows.add(
                    new Counted(
                        new NonceRange(row.getLong("from", 0), row.getLong("to", 0)),
                        row.getLong("coins", 0))));
      } catch (IOException | RuntimeException e) {
        ParquetTable.skipDamaged(file, e);
      }
    }
    rows.removeIf(
        row -> row.range().to() <= candidates.from() || row.range().from() >= candidates.to());
    return rows;
  }

  /** All rows. */
  Dataset<Row> read(SparkSession session) {
    return table.read(session, SCHEMA);
  }

  private static void write(HadoopOutputFile file, List<Entry> entries) {
    SimpleGroupFactory groups = new SimpleGroupFactory(TYPE);
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file).withType(TYPE).build()) {
      for (Entry entry : entries) {
        NonceRange range = entry.count().range();
        writer.write(
            groups
                .newGroup()
                .append("from", range.from())
                .append("to", range.to())
                .append("hashes", range.size())
                .append("coins", entry.count().coins())
                .append("lowest_hash", entry.count().lowest().toHex())
                .append("miner", entry.miner())
                .append("run_id", entry.runId())
                .append("seconds", entry.seconds())
                .append("ended_at", ChronoUnit.MICROS.between(Instant.EPOCH, entry.endedAt())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }
}
