package io.goldennonce.pool;

import io.goldennonce.pool.Rejection;
import io.goldennonce.pow.Hash256;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The table {@code rejected}: what was in a pool and is no valid transaction, and why. */
public final class RejectedTable {
  /** Its columns. */
  public static final StructType SCHEMA =
      StructType.fromDDL(
          "time TIMESTAMP NOT NULL, id STRING NOT NULL, source STRING NOT NULL,"
              + " position BIGINT NOT NULL, reason STRING NOT NULL, excerpt STRING NOT NULL,"
              + " miner STRING NOT NULL");

  private static final String NAME = "rejected";

  private final ParquetTable table;

  public RejectedTable(Warehouse warehouse) {
    this.table = warehouse.table(NAME);
  }

  /**
   * Appends refusals, in one file.
   *
   * @param rejections at least one
   * @param miner who refused them
   */
  public void append(String miner, List<Rejection> rejections) {
    String name = rejections.get(0).time().toString().replace(':', '-');
    table.append(name, rejections.stream().map(each -> row(miner, each)).toList(), SCHEMA);
  }

  /** The files of a warehouse's. */
  static List<FileStatus> files(Warehouse warehouse) {
    return warehouse.table(NAME).fileStatuses();
  }

  /** The names of all of them; without Spark. */
  public Set<Hash256> ids() {
    Set<Hash256> ids = new HashSet<>();
    table.forEachRow(row -> ids.add(Hash256.ofDisplay(row.getString("id", 0))));
    return ids;
  }

  private static Row row(String miner, Rejection rejection) {
    return RowFactory.create(
        Timestamp.from(rejection.time()),
        rejection.id().toDisplay(),
        rejection.source(),
        rejection.position(),
        rejection.reason(),
        rejection.excerpt(),
        miner);
  }
}
