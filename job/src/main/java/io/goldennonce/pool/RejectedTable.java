package io.goldennonce.pool;

import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.pow.Hash256;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The table {@code rejected}: records of pools that are not valid transactions, and why. */
public final class RejectedTable {
  /** Its columns. A row is identified by {@code id}, {@code source} and {@code miner}. */
  public static final TableSchema<Seen> SCHEMA =
      TableSchema.<Seen>named("rejected")
          .required("time", TIMESTAMP, seen -> seen.rejection().time())
          .required("id", STRING, seen -> seen.rejection().id().toDisplay())
          .required("source", STRING, seen -> seen.rejection().source())
          .required("position", LONG, seen -> seen.rejection().position())
          .required("reason", STRING, seen -> seen.rejection().reason())
          .required("excerpt", STRING, seen -> seen.rejection().excerpt())
          .required("miner", STRING, Seen::miner);

  private final RecordTable<Seen> table;

  public RejectedTable(RecordTable<Seen> table) {
    this.table = table;
  }

  /** A refusal, and the miner who read the pool. */
  public record Seen(Rejection rejection, String miner) {}

  /** Appends refusals, at least one, in one file. */
  public void append(String miner, List<Rejection> rejections) {
    String name = rejections.get(0).time().toString().replace(':', '-');
    table.append(
        name + "-" + UUID.randomUUID(),
        rejections.stream().map(rejection -> new Seen(rejection, miner)).toList());
  }

  public Set<Hash256> ids() {
    return new HashSet<>(table.read(row -> Hash256.ofDisplay(row.getString("id"))));
  }
}
