package io.goldennonce.sql;

import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.util.Arrays;
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
 * A table of a warehouse as Spark's connectors know tables. Each read sees its files anew.
 *
 * @param name what queries call it
 * @param stored the table whose files it reads
 * @param shape how its rows come out of those of the files
 */
record StoredTable(String name, TableSchema<?> stored, Shape shape, Warehouse warehouse)
    implements Table, SupportsRead {

  /** How a table's rows come out of those of its files. */
  enum Shape {
    /** Each is one. */
    ROWS,
    /** Each is one, if its block is on the branch with the most work. */
    CHAIN,
    /** One for each transaction of a block. */
    TRANSACTIONS
  }

  @Override
  public Column[] columns() {
    return Arrays.stream(type().fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new StoredScan.Builder(this);
  }

  /** Its columns. */
  StructType type() {
    return shape == Shape.TRANSACTIONS ? TransactionRows.SCHEMA : SparkColumns.of(stored);
  }

  /** The columns that the files hold under the names and with the values that the table has. */
  StructType storedColumns() {
    return shape == Shape.TRANSACTIONS ? TransactionRows.STORED : type();
  }

  /** What makes a file's rows into those columns of the table's that a query is after. */
  RowMaker rowMaker(StructType columns) {
    return shape == Shape.TRANSACTIONS
        ? new TransactionRows(columns)
        : new PlainRows(columns, shape == Shape.CHAIN);
  }

  /** Whether some columns depend on the best chain. */
  boolean needsChain(StructType columns) {
    return shape == Shape.CHAIN
        || (shape == Shape.TRANSACTIONS
            && List.of(columns.fieldNames()).contains(TransactionRows.ON_CHAIN));
  }

  RecordTable<?> files() {
    return warehouse.table(stored);
  }
}
