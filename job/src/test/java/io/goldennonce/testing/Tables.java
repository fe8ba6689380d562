package io.goldennonce.testing;

import io.goldennonce.sql.StoredTableProvider;
import io.goldennonce.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables as Spark SQL sees them. */
public final class Tables {
  private Tables() {}

  /** All rows of a table of a warehouse. */
  public static Dataset<Row> read(SparkSession session, Warehouse warehouse, String name) {
    return session
        .read()
        .format(StoredTableProvider.class.getName())
        .option("warehouse", warehouse.location())
        .option("table", name)
        .load();
  }
}
