package io.goldennonce.batch;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;

/** Solves one template in the calling thread, as a task does for each of its rows. */
public final class RowSolver {
  private RowSolver() {}

  /**
   * The result of one search.
   *
   * @param solution the lowest solution, confirmed by code other than the kernel's; empty if the
   *     keyspace has none
   * @param hashes number of hashes tried, exact
   */
  public record Result(Optional<Solution> solution, long hashes, String kernel) {}

  /**
   * Searches a keyspace from its first position to its first solution.
   *
   * @throws IllegalStateException if the task is killed, or, outside a task, the thread is
   *     interrupted
   */
  public static Result solve(SearchSpec spec) {
    RangeSearcher searcher = new RangeSearcher(spec, Kernels.AUTO);
    TaskContext task = TaskContext.get();
    BooleanSupplier stop =
        task == null ? Thread.currentThread()::isInterrupted : task::isInterrupted;
    ScanResult scan = searcher.search(spec.keyspace(), stop);
    if (!scan.hit() && scan.end() < spec.keyspace().to()) {
      throw new IllegalStateException("the task was stopped"); // Spark treats it as the kill.
    }
    Optional<Solution> solution =
        scan.hit()
            ? Optional.of(Solution.confirm(spec, scan.end() - 1).orElseThrow())
            : Optional.empty();
    return new Result(solution, scan.end() - spec.keyspace().from(), searcher.kernel());
  }
}
