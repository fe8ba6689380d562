package io.goldennonce.sql;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;

/** Makes a file's rows into a table's. One task uses it at a time. */
interface RowMaker extends Serializable {
  /** The same for another task. */
  RowMaker fresh();

  /** The columns that it needs of a file. */
  List<StoredColumn> reads();

  /** What a file's row gives. */
  Iterator<InternalRow> rows(Group row, FileBundle.Part part);

  /**
   * A column of a file.
   *
   * @param required whether a file without it is no file of the table; else it is null there
   */
  record StoredColumn(String name, boolean required) implements Serializable {}
}
