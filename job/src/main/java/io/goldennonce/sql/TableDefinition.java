package io.goldennonce.sql;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.types.StructType;

/**
 * What makes a table: a name, a schema, a way to its files, and how its rows come out of theirs.
 *
 * @param files those of a warehouse; none where nothing was kept yet
 */
record TableDefinition(
    String name, StructType schema, Function<Warehouse, List<FileStatus>> files, Shape shape) {

  /** How a table's rows come out of those of its files. */
  enum Shape {
    /** Each is one. */
    ROWS,
    /** Each is one, if its block is on the branch with the most work. */
    CHAIN,
    /** One for each transaction of a block. */
    TRANSACTIONS
  }

  /** The columns that the files hold under the names and with the values that the table has. */
  StructType stored() {
    return shape == Shape.TRANSACTIONS ? TransactionRows.STORED : schema;
  }

  /** What makes a file's rows into those columns of the table's that a query is after. */
  RowMaker rowMaker(StructType columns) {
    return shape == Shape.TRANSACTIONS
        ? new TransactionRows(columns)
        : new PlainRows(columns, shape == Shape.CHAIN);
  }

  /** Whether it takes the best chain to tell some columns. */
  boolean needsChain(StructType columns) {
    return switch (shape) {
      case ROWS -> false;
      case CHAIN -> true;
      case TRANSACTIONS -> Arrays.asList(columns.fieldNames()).contains(TransactionRows.ON_CHAIN);
    };
  }

  /** Whether a block that is not on the chain gives no row. */
  boolean isChainOnly() {
    return shape == Shape.CHAIN;
  }
}
