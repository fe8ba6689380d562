package io.goldennonce.sql;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;

/** What the tasks of a read have in common; travels to executors. */
final class BundleReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1;

  private final RowMaker maker;
  private final List<FilterPredicate> predicates;
  private final SerializableConfiguration hadoop;

  BundleReaderFactory(RowMaker maker, List<FilterPredicate> predicates, Configuration hadoop) {
    this.maker = maker;
    this.predicates = List.copyOf(predicates);
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return reader((FileBundle) partition);
  }

  BundleReader reader(FileBundle bundle) {
    return new BundleReader(
        bundle.parts(), maker.fresh(), PushedFilters.toParquet(predicates), hadoop.value());
  }
}
