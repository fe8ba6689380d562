package io.goldennonce.sql;

import io.goldennonce.sql.function.PowFunctions;
import io.goldennonce.warehouse.Warehouse;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A read-only catalog of Spark SQL: a warehouse's tables, and functions for proof of work. Any
 * Spark 3.5 or later opens it with two settings:
 *
 * <pre>
 * spark.sql.catalog.pow=io.goldennonce.sql.PowCatalog
 * spark.sql.catalog.pow.warehouse=PATH
 * </pre>
 *
 * and then reads {@code pow.blocks} and calls {@code pow.block_hash(header)}. A query sees a table
 * as of its planning.
 *
 * @see <a href="https://spark.apache.org/docs/3.5.9/sql-ref-syntax.html">Spark SQL; catalogs are
 *     its CatalogPlugin</a>
 */
public final class PowCatalog implements TableCatalog, FunctionCatalog {
  private static final String WAREHOUSE = "warehouse";
  private static final String NAME = "pow";

  private String name = NAME;
  private String location = "";

  /** For Spark, which creates catalogs by class name. */
  public PowCatalog() {}

  /** Opens a warehouse as the catalog {@code pow} of a session, and makes it the current one. */
  public static void use(SparkSession session, Warehouse warehouse) {
    String setting = "spark.sql.catalog." + NAME;
    session.conf().set(setting, PowCatalog.class.getName());
    session.conf().set(setting + "." + WAREHOUSE, warehouse.location());
    session.sql("USE " + NAME);
  }

  /**
   * Reads the catalog's options.
   *
   * @throws IllegalArgumentException if they name no warehouse
   */
  @Override
  public void initialize(String newName, CaseInsensitiveStringMap options) {
    name = newName;
    String given = options.get(WAREHOUSE);
    if (given == null || given.isBlank()) {
      throw new IllegalArgumentException(
          "spark.sql.catalog." + name + "." + WAREHOUSE + " must be the path of a warehouse");
    }
    location = given;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    requireNone(namespace);
    return StoredTables.names().stream()
        .map(table -> Identifier.of(namespace, table))
        .toArray(Identifier[]::new);
  }

  /**
   * Opens a table.
   *
   * @throws io.goldennonce.warehouse.WarehouseException if the warehouse does not exist
   */
  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    if (identifier.namespace().length > 0) {
      throw new NoSuchTableException(identifier);
    }
    Warehouse warehouse =
        Warehouse.open(location, SparkContext.getOrCreate().hadoopConfiguration());
    return StoredTables.find(warehouse, identifier.name().toLowerCase(Locale.ROOT))
        .orElseThrow(() -> new NoSuchTableException(identifier));
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
    requireNone(namespace);
    return PowFunctions.names().stream()
        .map(function -> Identifier.of(namespace, function))
        .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    if (identifier.namespace().length > 0) {
      throw new NoSuchFunctionException(identifier);
    }
    return PowFunctions.find(identifier.name().toLowerCase(Locale.ROOT))
        .orElseThrow(() -> new NoSuchFunctionException(identifier));
  }

  @Override
  public Table createTable(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw readOnly();
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    throw readOnly();
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw readOnly();
  }

  private UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException(
        "the catalog " + name + " is read-only; mine to fill its tables");
  }

  private static void requireNone(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length > 0) {
      throw new NoSuchNamespaceException(namespace);
    }
  }
}
