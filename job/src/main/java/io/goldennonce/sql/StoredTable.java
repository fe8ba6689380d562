package io.goldennonce.sql;

import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A table of a warehouse in Spark's connector API. Each read lists its files again.
 *
 * @param stored the table whose files it reads
 * @param shape how its rows follow from those of the files
 */
record StoredTable(String name, TableSchema<?> stored, Shape shape, Warehouse warehouse)
    implements Table, SupportsRead {

  /** How a table's rows follow from those of its files. */
  enum Shape {
    /** All of them. */
    ROWS,
    /** Those whose block is on the branch with the most work. */
    CHAIN,
    /** One row per transaction of a block. */
    TRANSACTIONS
  }

  @Override
  public Column[] columns() {
    return SparkColumns.columns(type());
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new StoredScan.Builder(this);
  }

  StructType type() {
    return shape == Shape.TRANSACTIONS ? TransactionRows.SCHEMA : SparkColumns.of(stored);
  }

  /** The columns that the table and its files have in common, with the same values. */
  StructType storedColumns() {
    return shape == Shape.TRANSACTIONS ? TransactionRows.STORED : type();
  }

  /** Makes rows with these columns of the table from a file's rows. */
  RowMaker rowMaker(StructType columns) {
    return shape == Shape.TRANSACTIONS
        ? new TransactionRows(columns)
        : new PlainRows(columns, shape == Shape.CHAIN);
  }

  /** Whether any of the columns depends on the best chain. */
  boolean needsChain(StructType columns) {
    return shape == Shape.CHAIN
        || (shape == Shape.TRANSACTIONS
            && List.of(columns.fieldNames()).contains(TransactionRows.ON_CHAIN));
  }

  RecordTable<?> files() {
    return warehouse.table(stored);
  }
}
