package io.goldennonce.sql;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of a warehouse as Spark's connectors know tables. Each read sees its files anew. */
final class StoredTable implements Table, SupportsRead {
  private final TableDefinition definition;
  private final Warehouse warehouse;

  StoredTable(TableDefinition definition, Warehouse warehouse) {
    this.definition = definition;
    this.warehouse = warehouse;
  }

  TableDefinition definition() {
    return definition;
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public Column[] columns() {
    return Arrays.stream(definition.schema().fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new StoredScanBuilder(definition, warehouse);
  }
}
