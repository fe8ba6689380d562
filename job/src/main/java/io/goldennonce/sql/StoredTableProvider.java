package io.goldennonce.sql;

import io.goldennonce.warehouse.Warehouse;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Opens a table for {@code spark.read().format(…)}, without a catalog. */
public final class StoredTableProvider implements TableProvider {
  /** The option that names the warehouse. */
  static final String WAREHOUSE = "warehouse";

  /** The option that names the table. */
  static final String TABLE = "table";

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    StructType schema = new StructType();
    for (Column column : open(options).columns()) {
      schema = schema.add(column.name(), column.dataType(), column.nullable());
    }
    return schema;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return open(new CaseInsensitiveStringMap(properties));
  }

  private static Table open(CaseInsensitiveStringMap options) {
    Warehouse warehouse =
        Warehouse.open(
            required(options, WAREHOUSE), SparkContext.getOrCreate().hadoopConfiguration());
    String name = required(options, TABLE);
    return StoredTables.find(warehouse, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "option %s must be one of %s, got %s"
                        .formatted(TABLE, String.join(", ", StoredTables.names()), name)));
  }

  private static String required(CaseInsensitiveStringMap options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("option " + name + " must be given");
    }
    return value;
  }
}
