package io.goldennonce.sql;

import io.goldennonce.chain.Transfer;
import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Makes one row per transaction of a block. A transaction may be in blocks on and off the chain.
 */
final class TransactionRows implements RowMaker {
  /** Whether the block is on the chain. */
  static final String ON_CHAIN = "on_chain";

  /** The table's columns; the last five are null if the payload is not a transfer. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          "id STRING NOT NULL, height BIGINT NOT NULL, block_hash STRING NOT NULL,"
              + " position INT NOT NULL, on_chain BOOLEAN NOT NULL, payload BINARY NOT NULL,"
              + " `to` STRING, `from` STRING, amount BIGINT, transfer_id STRING, date TIMESTAMP");

  /** The columns that a file of blocks has, too. */
  static final StructType STORED = StructType.fromDDL("height BIGINT NOT NULL");

  private static final List<String> READS = List.of("transactions", "height", "hash");
  private static final StructType READ_TYPES =
      StructType.fromDDL(
          "transactions ARRAY<BINARY> NOT NULL, height BIGINT NOT NULL, hash STRING NOT NULL");

  private final List<String> columns;

  TransactionRows(StructType columns) {
    this.columns = List.of(columns.fieldNames());
  }

  @Override
  public List<String> reads() {
    return READS;
  }

  @Override
  public Iterator<InternalRow> rows(@Nullable Object[] block, boolean onChain) {
    for (int i = 0; i < block.length; i++) {
      SparkColumns.value(READ_TYPES.fields()[i], block[i]);
    }
    Object[] payloads = (Object[]) Objects.requireNonNull(block[0]);
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < payloads.length; i++) {
      byte[] payload = (byte[]) payloads[i];
      @Nullable Transfer transfer = Transfer.ofPayload(payload).orElse(null);
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int column = 0; column < values.length; column++) {
        values[column] =
            switch (columns.get(column)) {
              case "height" -> block[1];
              case "block_hash" -> UTF8String.fromBytes((byte[]) block[2]);
              case "position" -> i;
              case "id" -> UTF8String.fromString(Hash256.sha256d(payload).toDisplay());
              case "payload" -> payload;
              case ON_CHAIN -> onChain;
              default -> transfer == null ? null : value(columns.get(column), transfer);
            };
      }
      rows.add(new GenericInternalRow(values));
    }
    return rows.iterator();
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
