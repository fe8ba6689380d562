package io.goldennonce.sql;

import io.goldennonce.chain.Transfer;
import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A row for each transaction of a block: a transaction may be in several, on and off the chain. */
final class TransactionRows implements RowMaker {
  private static final long serialVersionUID = 1;

  /** Whether the block is on the chain. */
  static final String ON_CHAIN = "on_chain";

  /** Its columns; the last five are null where the payload is no transfer. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          "id STRING NOT NULL, height BIGINT NOT NULL, block_hash STRING NOT NULL,"
              + " position INT NOT NULL, on_chain BOOLEAN NOT NULL, payload BINARY NOT NULL,"
              + " `to` STRING, `from` STRING, amount BIGINT, transfer_id STRING, date TIMESTAMP");

  /** What is the same in a file of blocks. */
  static final StructType STORED = StructType.fromDDL("height BIGINT NOT NULL");

  private final List<String> columns;

  TransactionRows(StructType columns) {
    this.columns = List.copyOf(Arrays.asList(columns.fieldNames()));
  }

  /** It keeps nothing between rows. */
  @Override
  public RowMaker fresh() {
    return this;
  }

  @Override
  public List<StoredColumn> reads() {
    List<StoredColumn> reads = new ArrayList<>();
    reads.add(new StoredColumn("transactions", true));
    if (columns.contains("height")) {
      reads.add(new StoredColumn("height", true));
    }
    if (columns.contains("block_hash") || columns.contains(ON_CHAIN)) {
      reads.add(new StoredColumn("hash", true));
    }
    return reads;
  }

  @Override
  public Iterator<InternalRow> rows(Group block, FileBundle.Part part) {
    Group list = block.getGroup("transactions", 0);
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      byte[] payload = list.getGroup(0, i).getBinary(0, 0).getBytes();
      @Nullable Transfer transfer = Transfer.ofPayload(payload).orElse(null);
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int column = 0; column < values.length; column++) {
        values[column] = value(columns.get(column), block, i, payload, part.onChain(), transfer);
      }
      rows.add(new GenericInternalRow(values));
    }
    return rows.iterator();
  }

  private static @Nullable Object value(
      String column,
      Group block,
      int position,
      byte[] payload,
      @Nullable Set<String> onChain,
      @Nullable Transfer transfer) {
    return switch (column) {
      case "height" -> block.getLong("height", 0);
      case "block_hash" -> UTF8String.fromString(block.getString("hash", 0));
      case "position" -> position;
      case "id" -> UTF8String.fromString(Hash256.sha256d(payload).toDisplay());
      case "payload" -> payload;
      case ON_CHAIN -> onChain != null && onChain.contains(block.getString("hash", 0));
      default -> transfer == null ? null : value(column, transfer);
    };
  }

  private static Object value(String column, Transfer transfer) {
    return switch (column) {
      case "to" -> UTF8String.fromString(transfer.to());
      case "from" -> UTF8String.fromString(transfer.from());
      case "amount" -> transfer.amount();
      case "transfer_id" -> UTF8String.fromString(transfer.id());
      case "date" -> TimeUnit.MILLISECONDS.toMicros(transfer.date());
      default -> throw new IllegalArgumentException("no column " + column);
    };
  }
}
