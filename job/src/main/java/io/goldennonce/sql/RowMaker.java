package io.goldennonce.sql;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Makes a table's rows out of those of its files. Travels to executors. */
interface RowMaker extends Serializable {
  /** The columns that it needs of a file. */
  List<String> reads();

  /**
   * What a file's row gives.
   *
   * @param values those of {@link #reads}
   * @param onChain whether the row's block is on the chain, where that was asked for
   * @throws org.apache.parquet.io.InvalidRecordException if the row is not one of the table
   */
  Iterator<InternalRow> rows(@Nullable Object[] values, boolean onChain);
}
