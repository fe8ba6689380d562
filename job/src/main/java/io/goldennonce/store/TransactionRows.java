package io.goldennonce.store;

import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
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

  static final StructType SCHEMA =
      StructType.fromDDL(
          "height BIGINT NOT NULL, block_hash STRING NOT NULL, index INT NOT NULL,"
              + " id STRING NOT NULL, payload BINARY NOT NULL, on_chain BOOLEAN NOT NULL");

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
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int column = 0; column < values.length; column++) {
        values[column] = value(columns.get(column), block, i, payload, part.onChain());
      }
      rows.add(new GenericInternalRow(values));
    }
    return rows.iterator();
  }

  private static Object value(
      String column, Group block, int index, byte[] payload, @Nullable Set<String> onChain) {
    return switch (column) {
      case "height" -> block.getLong("height", 0);
      case "block_hash" -> UTF8String.fromString(block.getString("hash", 0));
      case "index" -> index;
      case "id" -> UTF8String.fromString(Hash256.sha256d(payload).toDisplay());
      case "payload" -> payload;
      case ON_CHAIN -> onChain != null && onChain.contains(block.getString("hash", 0));
      default -> throw new IllegalArgumentException("no column " + column);
    };
  }
}
