package io.goldennonce.sql;

import io.goldennonce.puzzle.wallet.CoinTable;
import io.goldennonce.warehouse.Warehouse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The table {@code wallet}: coins and rates by minute and miner, computed from {@code coins} when a
 * query is planned. A row that overlaps an earlier one is left out, so that no candidate counts
 * twice.
 */
final class WalletTable implements SupportsRead {
  static final String NAME = "wallet";

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "minute TIMESTAMP NOT NULL, miner STRING NOT NULL, coins BIGINT NOT NULL,"
              + " hashes BIGINT NOT NULL, seconds DOUBLE NOT NULL,"
              + " hashes_per_second DOUBLE NOT NULL, coins_per_second DOUBLE NOT NULL,"
              + " lowest_hash STRING NOT NULL");

  private final Warehouse warehouse;

  WalletTable(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Column[] columns() {
    return SparkColumns.columns(SCHEMA);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return () ->
        new LocalScan() {
          @Override
          public StructType readSchema() {
            return SCHEMA;
          }

          @Override
          public InternalRow[] rows() {
            return sums(new CoinTable(warehouse).counting()).values().stream()
                .map(Sum::row)
                .toArray(InternalRow[]::new);
          }
        };
  }

  /** By minute and miner. */
  private static Map<Key, Sum> sums(List<CoinTable.Entry> rows) {
    Map<Key, Sum> sums = new TreeMap<>(Comparator.comparing(Key::minute).thenComparing(Key::miner));
    for (CoinTable.Entry row : rows) {
      Key key = new Key(row.endedAt().truncatedTo(ChronoUnit.MINUTES), row.miner());
      sums.computeIfAbsent(key, Sum::new).add(row);
    }
    return sums;
  }

  private record Key(Instant minute, String miner) {}

  /** What one miner counted in one minute. */
  private static final class Sum {
    private final Key key;
    private long coins;
    private long hashes;
    private double seconds;
    private String lowest = "";

    Sum(Key key) {
      this.key = key;
    }

    void add(CoinTable.Entry row) {
      coins += row.coins();
      hashes += row.hashes();
      seconds += row.seconds();
      if (lowest.isEmpty() || row.lowestHash().compareTo(lowest) < 0) {
        lowest = row.lowestHash();
      }
    }

    InternalRow row() {
      return new GenericInternalRow(
          new Object[] {
            ChronoUnit.MICROS.between(Instant.EPOCH, key.minute()),
            UTF8String.fromString(key.miner()),
            coins,
            hashes,
            seconds,
            hashes / seconds,
            coins / seconds,
            UTF8String.fromString(lowest)
          });
    }
  }
}
