package io.goldennonce.batch;

import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Solves the templates of one partition, row by row, in a task. */
public final class PartitionSolver implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final TemplateColumns columns;

  public PartitionSolver(TemplateColumns columns) {
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> templates) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return templates.hasNext();
      }

      @Override
      public Row next() {
        return solved(templates.next());
      }
    };
  }

  private Row solved(Row template) {
    SearchSpec spec = columns.spec(template);
    RowSolver.Result result = RowSolver.solve(spec);
    @Nullable Object[] row = new @Nullable Object[template.size() + 6];
    for (int i = 0; i < template.size(); i++) {
      row[i] = template.get(i);
    }
    int at = template.size();
    row[at] = result.solution().isPresent() ? "found" : "exhausted";
    if (result.solution().isPresent()) {
      Solution found = result.solution().get();
      row[at + 1] = found.nonce();
      row[at + 2] = found.hash().toDisplay();
      row[at + 3] = spec.template().variant(0).message(found.nonce());
    }
    row[at + 4] = result.hashes();
    row[at + 5] = result.kernel();
    return RowFactory.create(row);
  }
}
