package io.goldennonce.sql;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Passes a file's rows on unchanged.
 *
 * @param chainOnly whether to leave out rows whose blocks are not on the chain
 */
record PlainRows(StructType columns, boolean chainOnly) implements RowMaker {
  @Override
  public List<String> reads() {
    return List.of(columns.fieldNames());
  }

  @Override
  public Iterator<InternalRow> rows(@Nullable Object[] values, boolean onChain) {
    if (chainOnly && !onChain) {
      return Collections.emptyIterator();
    }
    @Nullable Object[] row = new @Nullable Object[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = SparkColumns.value(columns.fields()[i], values[i]);
    }
    return Collections.<InternalRow>singleton(new GenericInternalRow(row)).iterator();
  }
}
