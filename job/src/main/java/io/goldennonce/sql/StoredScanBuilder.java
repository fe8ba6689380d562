package io.goldennonce.sql;

import java.util.List;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;

/** Takes from Spark which columns and rows a query is after. */
final class StoredScanBuilder implements SupportsPushDownRequiredColumns, SupportsPushDownFilters {
  private final TableDefinition definition;
  private final Warehouse warehouse;
  private StructType columns;
  private PushedFilters filters = PushedFilters.NONE;

  StoredScanBuilder(TableDefinition definition, Warehouse warehouse) {
    this.definition = definition;
    this.warehouse = warehouse;
    this.columns = definition.schema();
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  /** All of them are for Spark to apply once more: Parquet only passes over what it can. */
  @Override
  public Filter[] pushFilters(Filter[] wanted) {
    filters = PushedFilters.of(wanted, definition.stored());
    return wanted;
  }

  @Override
  public Filter[] pushedFilters() {
    return filters.all().toArray(Filter[]::new);
  }

  @Override
  public Scan build() {
    List<FileBundle.Part> files =
        definition.files().apply(warehouse).stream().map(FileBundle.Part::of).toList();
    return new StoredScan(definition, warehouse.location(), files, columns, filters);
  }
}
