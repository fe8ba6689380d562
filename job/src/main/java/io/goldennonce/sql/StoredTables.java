package io.goldennonce.sql;

import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.chain.table.EventTable;
import io.goldennonce.node.SubmissionTable;
import io.goldennonce.pool.RejectedTable;
import io.goldennonce.puzzle.wallet.CoinTable;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.service.SolutionTable;
import io.goldennonce.sql.StoredTable.Shape;
import io.goldennonce.stratum.ShareTable;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.Table;

/** The tables that Spark SQL sees in a warehouse: the one place where they are listed. */
public final class StoredTables {
  /** The tables that are stored in files. */
  public static final List<TableSchema<?>> STORED =
      List.of(
          BlockTable.SCHEMA,
          SearchTable.SCHEMA,
          RangeTable.SCHEMA,
          EventTable.SCHEMA,
          RejectedTable.SCHEMA,
          SubmissionTable.SCHEMA,
          SolutionTable.SCHEMA,
          ShareTable.SCHEMA,
          CoinTable.SCHEMA);

  private static final String CHAIN = "chain";
  private static final String TRANSACTIONS = "transactions";

  private StoredTables() {}

  public static List<String> names() {
    return Stream.concat(
            STORED.stream().map(TableSchema::name),
            Stream.of(CHAIN, TRANSACTIONS, WalletTable.NAME))
        .toList();
  }

  /** A table of a warehouse in Spark's connector API; empty for an unknown name. */
  public static Optional<Table> find(Warehouse warehouse, String name) {
    return switch (name) {
      case WalletTable.NAME -> Optional.of(new WalletTable(warehouse));
      case CHAIN -> Optional.of(new StoredTable(name, BlockTable.SCHEMA, Shape.CHAIN, warehouse));
      case TRANSACTIONS ->
          Optional.of(new StoredTable(name, BlockTable.SCHEMA, Shape.TRANSACTIONS, warehouse));
      default ->
          STORED.stream()
              .filter(schema -> schema.name().equals(name))
              .findFirst()
              .map(schema -> new StoredTable(name, schema, Shape.ROWS, warehouse));
    };
  }
}
