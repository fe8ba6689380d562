package io.goldennonce.sql;

import io.goldennonce.store.TableDefinition.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;

/** The tables that Spark SQL sees in a warehouse: the one place where they are listed. */
public final class StoredTables {
  private static final List<TableDefinition> ALL =
      List.of(
          new TableDefinition("blocks", BlockTable.SCHEMA, BlockTable::files, Shape.ROWS),
          new TableDefinition("chain", BlockTable.SCHEMA, BlockTable::files, Shape.CHAIN),
          new TableDefinition("searches", SearchTable.SCHEMA, SearchTable::files, Shape.ROWS),
          new TableDefinition("ranges", RangeTable.SCHEMA, RangeTable::files, Shape.ROWS),
          new TableDefinition(
              "transactions", TransactionRows.SCHEMA, BlockTable::files, Shape.TRANSACTIONS),
          new TableDefinition("events", EventTable.SCHEMA, EventTable::files, Shape.ROWS),
          new TableDefinition("rejected", RejectedTable.SCHEMA, RejectedTable::files, Shape.ROWS),
          new TableDefinition(
              "submissions", SubmissionTable.SCHEMA, SubmissionTable::files, Shape.ROWS),
          new TableDefinition("solutions", SolutionTable.SCHEMA, SolutionTable::files, Shape.ROWS),
          new TableDefinition("coins", CoinTable.SCHEMA, CoinTable::files, Shape.ROWS));

  private StoredTables() {}

  /** Their names. */
  public static List<String> names() {
    return Stream.concat(ALL.stream().map(TableDefinition::name), Stream.of(WalletTable.NAME))
        .toList();
  }

  /**
   * A warehouse's table as Spark's connectors know tables; nothing if there is none of the name.
   */
  public static Optional<Table> find(Warehouse warehouse, String name) {
    if (name.equals(WalletTable.NAME)) {
      return Optional.of(new WalletTable(warehouse));
    }
    return ALL.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(table -> new StoredTable(table, warehouse));
  }

  /** All rows of a table; a file that is damaged is left out when it is read, with a warning. */
  static Dataset<Row> read(SparkSession session, Warehouse warehouse, String name) {
    return session
        .read()
        .format(StoredTableProvider.class.getName())
        .option(StoredTableProvider.WAREHOUSE, warehouse.location())
        .option(StoredTableProvider.TABLE, name)
        .load();
  }
}
