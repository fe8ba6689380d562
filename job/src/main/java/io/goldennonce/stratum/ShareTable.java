package io.goldennonce.stratum;

import static io.goldennonce.table.parquet.ColumnType.BINARY;
import static io.goldennonce.table.parquet.ColumnType.BOOLEAN;
import static io.goldennonce.table.parquet.ColumnType.DOUBLE;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.stratum.Share.Verdict;
import io.goldennonce.table.KeyedTable;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.work.remote.FindStore;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The table {@code shares}: shares found for mining pools, and their verdicts. Each share is a key,
 * saved before it is submitted and again with the verdict.
 */
public final class ShareTable implements FindStore<Share> {
  /** Its columns. A share is identified by {@code hash}. */
  public static final TableSchema<Share> SCHEMA =
      TableSchema.<Share>versioned("shares")
          .required("pool", STRING, Share::pool)
          .required("worker", STRING, Share::worker)
          .required("job_id", STRING, Share::jobId)
          .required("extranonce1", STRING, Share::extranonce1)
          .required("extranonce2", STRING, Share::extranonce2)
          .optional("version_bits", STRING, Share::versionBits)
          .required("header", BINARY, share -> share.header().toBytes())
          .required("hash", STRING, share -> share.header().hash().toDisplay())
          .required("difficulty", DOUBLE, Share::difficulty)
          .required("hash_difficulty", DOUBLE, Share::hashDifficulty)
          .required("is_block", BOOLEAN, Share::isBlock)
          .required("search_id", STRING, Share::searchId)
          .required("found_at", TIMESTAMP, Share::foundAt)
          .required("verdict", STRING, share -> share.verdict().label())
          .optional("reason", STRING, Share::reason);

  private final KeyedTable<Share> table;

  /**
   * @param table opens it; asked for when the table is first used
   */
  public ShareTable(Supplier<RecordTable<Share>> table) {
    this.table =
        new KeyedTable<>(
            table,
            share -> share.header().hash().toDisplay(),
            share -> share.verdict() != Verdict.PENDING);
  }

  @Override
  public void save(Share share) {
    table.save(share);
  }

  @Override
  public List<Share> pending() {
    return table.unsettled(ShareTable::share, Share::foundAt);
  }

  private static Share share(StoredRow row) {
    return new Share(
        row.getString("pool"),
        row.getString("worker"),
        row.getString("job_id"),
        row.getString("extranonce1"),
        row.getString("extranonce2"),
        row.optional("version_bits", StoredRow::getString).orElse(null),
        BlockHeader.parse(row.getBytes("header")),
        row.getDouble("difficulty"),
        row.getBoolean("is_block"),
        row.getString("search_id"),
        row.getInstant("found_at"),
        Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
        row.optional("reason", StoredRow::getString).orElse(null));
  }
}
