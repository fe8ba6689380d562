package io.goldennonce.warehouse;

import io.goldennonce.plan.Expectation;
import io.goldennonce.plan.PlannedRun;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The runs of the table {@code searches} as a planner sees them. */
public final class PlannedRuns {
  private final SearchTable table;

  public PlannedRuns(Warehouse warehouse) {
    this.table = new SearchTable(warehouse);
  }

  /**
   * What runs on so many cores achieved.
   *
   * @param cores tasks that could run at once
   * @param runs how many runs there were
   * @param rate their hashes over their seconds, more than 0
   */
  public record MeasuredRate(int cores, long runs, double rate) {}

  /** Every run that was planned, and ended. */
  public List<PlannedRun> all(SparkSession session) {
    return table
        .read(session)
        .where(functions.col("planned_workers").isNotNull())
        // The lowest solution takes longer than any: the plan is of the first.
        .where(functions.col("result").equalTo("first"))
        .select(
            "planned_workers",
            "planned_cores",
            "planned_rate",
            "planned_limit_seconds",
            "planned_probability",
            "planned_p50_seconds",
            "planned_p95_seconds",
            "planned_p99_seconds",
            "seconds",
            "hashes",
            "outcome")
        .collectAsList()
        .stream()
        .map(PlannedRuns::run)
        .toList();
  }

  /**
   * The rates that runs reached, by cores, the fewest first.
   *
   * @param leastSeconds runs shorter than this are left out: they have hardly warmed up
   */
  public List<MeasuredRate> rates(SparkSession session, double leastSeconds) {
    return table
        .read(session)
        .where(functions.col("seconds").geq(leastSeconds))
        .where(functions.col("hashes").gt(0))
        .groupBy("slots")
        .agg(
            functions.count("seconds").as("runs"),
            functions.sum("hashes").divide(functions.sum("seconds")).as("rate"))
        .orderBy("slots")
        .collectAsList()
        .stream()
        .map(row -> new MeasuredRate(row.getInt(0), row.getLong(1), row.getDouble(2)))
        .toList();
  }

  private static PlannedRun run(Row row) {
    Expectation expected =
        new Expectation(
            row.getInt(0),
            row.getInt(1),
            row.getDouble(2),
            optional(row, 3),
            optional(row, 4),
            row.getDouble(5),
            row.getDouble(6),
            row.getDouble(7));
    return new PlannedRun(expected, row.getDouble(8), row.getLong(9), end(row.getString(10)));
  }

  private static OptionalDouble optional(Row row, int column) {
    return row.isNullAt(column) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(column));
  }

  private static PlannedRun.End end(String outcome) {
    return switch (outcome) {
      case "found" -> PlannedRun.End.FOUND;
      case "exhausted" -> PlannedRun.End.EXHAUSTED;
      default -> PlannedRun.End.STOPPED;
    };
  }
}
