package io.goldennonce.sql;

import io.goldennonce.sql.StoredTable.Shape;
import io.goldennonce.table.Part;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * One read of a table: the rows that counted when it was planned. It uses parquet-java's reader and
 * Spark's connector API for Java. Spark's own Parquet reader mistakes storage errors for damage,
 * does not know of merged files or the chain, and its classes differ between Spark versions.
 */
final class StoredScan implements Scan, Batch, SupportsReportStatistics {
  private final StoredTable table;
  private final List<Part> parts;
  private final StructType columns;
  private final PushedFilters filters;
  private InputPartition @Nullable [] partitions;

  private StoredScan(
      StoredTable table, List<Part> parts, StructType columns, PushedFilters filters) {
    this.table = table;
    this.parts = parts;
    this.columns = columns;
    this.filters = filters;
  }

  /** Takes a query's columns and filters from Spark. */
  static final class Builder implements SupportsPushDownRequiredColumns, SupportsPushDownFilters {
    private final StoredTable table;
    private StructType columns;
    private PushedFilters filters = PushedFilters.NONE;

    Builder(StoredTable table) {
      this.table = table;
      this.columns = table.type();
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    /** Returns all of them, for Spark to apply again: Parquet only skips rows where it can. */
    @Override
    public Filter[] pushFilters(Filter[] wanted) {
      filters = PushedFilters.of(wanted, table.storedColumns());
      return wanted;
    }

    @Override
    public Filter[] pushedFilters() {
      return filters.byFilter().keySet().toArray(Filter[]::new);
    }

    @Override
    public Scan build() {
      return new StoredScan(table, table.files().snapshot().parts(), columns, filters);
    }
  }

  /** What the tasks of a read share. Serialized to executors. */
  private record ReaderFactory(
      String location, SerializableConfiguration hadoop, RowMaker maker, PushedFilters filters)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      Selection selection = filters.select(maker.reads());
      try {
        Storage storage = Storage.at(location, hadoop.value());
        return new BundleReader((FileBundle) partition, storage, maker, selection);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "%s of %s, %d files, PushedFilters: %s"
        .formatted(
            table.name(), table.warehouse().location(), parts.size(), filters.byFilter().keySet());
  }

  /** Rows only; with the default, an {@code EXPLAIN} would plan the read. */
  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.UNSUPPORTED;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public synchronized InputPartition[] planInputPartitions() {
    if (partitions == null) {
      partitions = plan().toArray(InputPartition[]::new);
    }
    return partitions.clone();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new ReaderFactory(
        table.warehouse().location(),
        new SerializableConfiguration(hadoop()),
        table.rowMaker(columns),
        filters);
  }

  /** Lets Spark broadcast a small table in a join, instead of sorting both. */
  @Override
  public Statistics estimateStatistics() {
    long bytes = parts.stream().mapToLong(part -> part.file().length()).sum();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(bytes);
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.empty();
      }
    };
  }

  private List<FileBundle> plan() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(SparkContext.getOrCreate());
    Map<StoredFile, BitSet> onChain;
    try {
      onChain =
          table.needsChain(columns)
              ? ChainIndex.of(parts, table.warehouse().location(), hadoop(), context)
              : Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the chain: " + e.getMessage(), e);
    }
    List<FileBundle.Item> items =
        parts.stream()
            .map(part -> new FileBundle.Item(part, of(part, onChain)))
            .filter(item -> table.shape() != Shape.CHAIN || !item.onChain().isEmpty())
            .toList();
    return FileBundle.of(items, context.defaultParallelism());
  }

  /** The entries of a part: of its file and of those that replace it if it is damaged. */
  private static Map<StoredFile, BitSet> of(Part part, Map<StoredFile, BitSet> onChain) {
    Map<StoredFile, BitSet> rows = new HashMap<>();
    if (onChain.containsKey(part.file())) {
      rows.put(part.file(), onChain.get(part.file()));
    }
    part.fallbacks().forEach(fallback -> rows.putAll(of(fallback, onChain)));
    return rows;
  }

  private static Configuration hadoop() {
    return SparkContext.getOrCreate().hadoopConfiguration();
  }
}
