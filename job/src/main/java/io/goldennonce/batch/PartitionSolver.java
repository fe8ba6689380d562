package io.goldennonce.batch;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Solves the templates of one partition, row by row, in a task. */
final class PartitionSolver implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final TemplateColumns columns;

  PartitionSolver(TemplateColumns columns) {
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> templates) {
    TaskContext task = TaskContext.get();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return templates.hasNext();
      }

      @Override
      public Row next() {
        return solved(templates.next(), task);
      }
    };
  }

  private Row solved(Row template, TaskContext task) {
    SearchSpec spec = columns.spec(template);
    RangeSearcher searcher = new RangeSearcher(spec, Kernels.AUTO);
    ScanResult result = searcher.search(spec.keyspace(), task::isInterrupted);
    if (!result.hit() && result.end() < spec.keyspace().to()) {
      throw new IllegalStateException("the task was stopped"); // Spark treats it as the kill.
    }
    long hashes = result.end() - spec.keyspace().from();
    @Nullable Object[] row = new @Nullable Object[template.size() + 6];
    for (int i = 0; i < template.size(); i++) {
      row[i] = template.get(i);
    }
    int at = template.size();
    row[at] = result.hit() ? "found" : "exhausted";
    if (result.hit()) {
      Solution found = Solution.confirm(spec, result.end() - 1).orElseThrow();
      Hash256 hash = found.hash();
      row[at + 1] = found.nonce();
      row[at + 2] = hash.toDisplay();
      row[at + 3] = spec.template().variant(0).message(found.nonce());
    }
    row[at + 4] = hashes;
    row[at + 5] = searcher.kernel();
    return RowFactory.create(row);
  }
}
