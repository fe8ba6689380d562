package io.goldennonce.sql;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Makes a table's rows from those of its files. Serialized to executors. */
interface RowMaker extends Serializable {
  /** The columns that it reads from a file. */
  List<String> reads();

  /**
   * The rows that a file's row becomes.
   *
   * @param values values of the columns {@link #reads}
   * @param onChain whether the row's block is on the chain; false if not needed
   * @throws org.apache.parquet.io.InvalidRecordException if the row is not one of the table
   */
  Iterator<InternalRow> rows(@Nullable Object[] values, boolean onChain);
}
