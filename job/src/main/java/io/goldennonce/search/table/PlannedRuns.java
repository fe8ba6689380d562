package io.goldennonce.search.table;

import io.goldennonce.plan.Expectation;
import io.goldennonce.plan.PlannedRun;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Planned and measured values of the runs in the table {@code searches}. */
public final class PlannedRuns {
  private final SearchTable table;

  public PlannedRuns(Warehouse warehouse) {
    this.table = new SearchTable(warehouse);
  }

  /**
   * The rate of all runs with the same number of cores.
   *
   * @param cores number of tasks that could run concurrently
   * @param runs number of runs
   * @param rate hashes per second, more than 0
   */
  public record MeasuredRate(int cores, long runs, double rate) {}

  private record Run(int cores, double seconds, long hashes) {}

  /** Returns the runs that were planned and have ended. */
  public List<PlannedRun> all() {
    return table.read(
        List.of(
            "planned_workers",
            "planned_cores",
            "planned_rate",
            "planned_limit_seconds",
            "planned_probability",
            "planned_p50_seconds",
            "planned_p95_seconds",
            "planned_p99_seconds",
            "result",
            "seconds",
            "hashes",
            "outcome"),
        PlannedRuns::planned);
  }

  /**
   * Returns the rates of runs by number of cores, ascending.
   *
   * @param leastSeconds minimum duration of a run; shorter ones have hardly warmed up
   */
  public List<MeasuredRate> rates(double leastSeconds) {
    Map<Integer, List<Run>> byCores = new TreeMap<>();
    table
        .read(
            List.of("slots", "seconds", "hashes"),
            row -> new Run(row.getInt("slots"), row.getDouble("seconds"), row.getLong("hashes")))
        .stream()
        .filter(run -> run.seconds() >= leastSeconds && run.hashes() > 0)
        .forEach(run -> byCores.computeIfAbsent(run.cores(), cores -> new ArrayList<>()).add(run));
    return byCores.entrySet().stream()
        .map(entry -> rate(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static MeasuredRate rate(int cores, List<Run> runs) {
    double hashes = runs.stream().mapToDouble(Run::hashes).sum();
    double seconds = runs.stream().mapToDouble(Run::seconds).sum();
    return new MeasuredRate(cores, runs.size(), hashes / seconds);
  }

  private static @Nullable PlannedRun planned(StoredRow row) {
    // A plan is for the first solution; the lowest takes longer.
    if (!row.has("planned_workers") || !row.getString("result").equals("first")) {
      return null;
    }
    Expectation expected =
        new Expectation(
            row.getInt("planned_workers"),
            row.getInt("planned_cores"),
            row.getDouble("planned_rate"),
            optional(row, "planned_limit_seconds"),
            optional(row, "planned_probability"),
            row.getDouble("planned_p50_seconds"),
            row.getDouble("planned_p95_seconds"),
            row.getDouble("planned_p99_seconds"));
    return new PlannedRun(
        expected, row.getDouble("seconds"), row.getLong("hashes"), end(row.getString("outcome")));
  }

  private static OptionalDouble optional(StoredRow row, String column) {
    return row.has(column) ? OptionalDouble.of(row.getDouble(column)) : OptionalDouble.empty();
  }

  private static PlannedRun.End end(String outcome) {
    return switch (outcome) {
      case "found" -> PlannedRun.End.FOUND;
      case "exhausted" -> PlannedRun.End.EXHAUSTED;
      default -> PlannedRun.End.STOPPED;
    };
  }
}
