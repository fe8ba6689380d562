package io.goldennonce.sql;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * One read of a table, of the files that were there when it was planned. By parquet-java's own
 * reader and Spark's connectors for Java: Spark's Parquet reader would be faster, but opens
 * thousands of small files one task each, takes what ails the storage for damage, and its classes
 * change with Spark.
 */
final class StoredScan implements Scan, Batch, SupportsReportStatistics {
  private final TableDefinition definition;
  private final String warehouse;
  private final List<FileBundle.Part> files;
  private final StructType columns;
  private final PushedFilters filters;
  private InputPartition @Nullable [] partitions;

  StoredScan(
      TableDefinition definition,
      String warehouse,
      List<FileBundle.Part> files,
      StructType columns,
      PushedFilters filters) {
    this.definition = definition;
    this.warehouse = warehouse;
    this.files = files;
    this.columns = columns;
    this.filters = filters;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return String.format(
        "%s of %s, %d files, PushedFilters: %s",
        definition.name(), warehouse, files.size(), filters.all());
  }

  /** Rows: told without planning the read, which an {@code EXPLAIN} would wait for. */
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
    return new BundleReaderFactory(definition.rowMaker(columns), filters.predicates(), hadoop());
  }

  /** So that a small table is sent to the rows of a large one, and not both sorted. */
  @Override
  public Statistics estimateStatistics() {
    long bytes = files.stream().mapToLong(part -> part.to() - part.from()).sum();
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
    int slots = context.defaultParallelism();
    if (!definition.needsChain(columns)) {
      return FileBundle.of(files, slots);
    }
    Map<String, Set<String>> onChain =
        ChainIndex.of(FileBundle.of(files, slots), hadoop(), context);
    List<FileBundle.Part> marked =
        files.stream()
            .filter(part -> !definition.isChainOnly() || onChain.containsKey(part.path()))
            .map(part -> part.with(Objects.requireNonNullElse(onChain.get(part.path()), Set.of())))
            .toList();
    return FileBundle.of(marked, slots);
  }

  private static Configuration hadoop() {
    return SparkContext.getOrCreate().hadoopConfiguration();
  }
}
