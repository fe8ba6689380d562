package io.goldennonce.search.table;

import static io.goldennonce.table.parquet.ColumnType.BOOLEAN;
import static io.goldennonce.table.parquet.ColumnType.DOUBLE;
import static io.goldennonce.table.parquet.ColumnType.INT;
import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.plan.Expectation;
import io.goldennonce.pow.Target;
import io.goldennonce.proof.TreeHead;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.table.Part;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code searches}: one row per run, with the plan and the result. Columns added later
 * are nullable; older files read as null there.
 *
 * <p>A file's name begins with the start time of its latest run.
 */
public final class SearchTable {
  /** Its columns. A run is identified by {@code search_id} and {@code started_at}. */
  public static final TableSchema<Run> SCHEMA =
      TableSchema.<Run>named("searches")
          .required("search_id", STRING, run -> run.search().id())
          .required("command", STRING, Run::command)
          .required("template", STRING, run -> run.search().template().canonicalText())
          .required("target", STRING, run -> run.search().target().toString())
          .required("keyspace_from", LONG, run -> run.search().keyspace().from())
          .required("keyspace_to", LONG, run -> run.search().keyspace().to())
          .required("result", STRING, run -> run.search().mode().label())
          .required("outcome", STRING, run -> run.result().outcome().label())
          .optional("position", LONG, run -> found(run, Solution::position))
          .optional("nonce", LONG, run -> found(run, Solution::nonce))
          .optional("hash", STRING, run -> found(run, found -> found.hash().toDisplay()))
          .required("hashes", LONG, run -> run.result().work().hashes())
          .required("hashes_exact", BOOLEAN, run -> run.result().work().isExact())
          .required("hashes_at_most", LONG, run -> run.result().work().atMost())
          .required("resumed_hashes", LONG, run -> run.result().work().resumed())
          .required("expected_hashes", DOUBLE, SearchTable::expectedHashes)
          .required("started_at", TIMESTAMP, run -> run.result().startedAt())
          .required("seconds", DOUBLE, run -> run.result().elapsed().toNanos() * 1e-9)
          .optional(
              "stop_latency_ms",
              DOUBLE,
              run ->
                  run.result().stopLatency().map(latency -> latency.toNanos() * 1e-6).orElse(null))
          .required("slots", INT, run -> run.result().slots())
          .optional("kernel", STRING, run -> run.result().kernel().orElse(null))
          .required("application_id", STRING, run -> run.application().id())
          .required("spark_version", STRING, run -> run.application().sparkVersion())
          .optional("planned_workers", INT, run -> planned(run, Expectation::workers))
          .optional("planned_cores", INT, run -> planned(run, Expectation::cores))
          .optional("planned_rate", DOUBLE, run -> planned(run, Expectation::rate))
          .optional(
              "planned_limit_seconds", DOUBLE, run -> planned(run, plan -> nullable(plan.limit())))
          .optional(
              "planned_probability",
              DOUBLE,
              run -> planned(run, plan -> nullable(plan.probability())))
          .optional("planned_p50_seconds", DOUBLE, run -> planned(run, Expectation::p50))
          .optional("planned_p95_seconds", DOUBLE, run -> planned(run, Expectation::p95))
          .optional("planned_p99_seconds", DOUBLE, run -> planned(run, Expectation::p99))
          .optional(
              "resumed_seconds",
              DOUBLE,
              run -> run.result().work().resumedTime().toMillis() / 1000.0)
          .optional("solutions", INT, run -> run.result().solutions().size())
          .optional("last_position", LONG, SearchTable::lastPosition)
          .optional("share_bits", INT, run -> shareBits(run.result().evidence()))
          .optional("audits", LONG, run -> run.result().evidence().audits())
          .optional("audited_hashes", LONG, run -> run.result().evidence().auditedHashes())
          .optional(
              "excluded_executors", STRING, run -> excluded(run.result().evidence().excluded()))
          .optional("root", STRING, run -> told(run, tree -> tree.root().toHex()))
          .optional("tree_size", LONG, run -> told(run, TreeHead::size));

  private final RecordTable<Run> table;

  public SearchTable(Warehouse warehouse) {
    this.table = warehouse.table(SCHEMA);
  }

  /**
   * One run.
   *
   * @param application the application that ran it
   * @param command the command that ran it
   * @param planned its forecast, if it was planned
   */
  public record Run(
      Application application,
      String command,
      SearchSpec search,
      SearchResult result,
      Optional<Expectation> planned) {}

  /** A Spark application. */
  public record Application(String id, String sparkVersion) {}

  /**
   * Appends runs as one file.
   *
   * @param runs at least one
   */
  public void append(List<Run> runs) {
    Instant last =
        runs.stream().map(run -> run.result().startedAt()).max(Instant::compareTo).orElseThrow();
    table.append(prefix(last) + "-" + UUID.randomUUID(), runs);
  }

  /** Reads some columns of all runs; a row for which the reader returns null is skipped. */
  <T> List<T> read(List<String> columns, Function<StoredRow, @Nullable T> reader) {
    return table.read(Selection.of(columns), reader);
  }

  /** Reads some columns of the runs of one search; a row that gives null is skipped. */
  <T> List<T> read(String searchId, List<String> columns, Function<StoredRow, @Nullable T> reader) {
    return table.read(Selection.of(columns).equal("search_id", searchId), reader);
  }

  private static @Nullable String excluded(List<String> executors) {
    return executors.isEmpty() ? null : String.join(", ", executors);
  }

  private static @Nullable Integer shareBits(SearchResult.Evidence evidence) {
    return evidence.shareBits() == 0 ? null : evidence.shareBits();
  }

  private static @Nullable Long lastPosition(Run run) {
    List<Solution> solutions = run.result().solutions();
    return solutions.isEmpty() ? null : solutions.get(solutions.size() - 1).position();
  }

  /** Returns when each solution was found, by hash: the run's start plus its duration. */
  public Map<String, List<Instant>> foundAt() {
    Map<String, List<Instant>> foundAt = new HashMap<>();
    read(
        List.of("hash", "started_at", "seconds"),
        row -> {
          if (row.has("hash")) {
            foundAt
                .computeIfAbsent(row.getString("hash"), hash -> new ArrayList<>(1))
                .add(
                    row.getInstant("started_at")
                        .plusNanos(Math.round(row.getDouble("seconds") * 1e9)));
          }
          return null;
        });
    return foundAt;
  }

  /** Returns the latest runs, the latest first. */
  public List<RunSummary> last(int limit) {
    Comparator<RunSummary> latestFirst = Comparator.comparing(RunSummary::startedAt).reversed();
    List<Part> parts = new ArrayList<>(table.snapshot().parts());
    Collections.reverse(parts);
    List<RunSummary> runs = new ArrayList<>();
    for (Part part : parts) {
      if (runs.size() >= limit
          && (limit == 0
              || prefix(runs.get(limit - 1).startedAt()).compareTo(part.file().name()) > 0)) {
        break; // all runs in this file and the following ones started earlier
      }
      runs.addAll(table.read(part, Selection.of(RunSummary.COLUMNS), RunSummary::of));
      runs.sort(latestFirst);
    }
    return List.copyOf(runs.subList(0, Math.min(limit, runs.size())));
  }

  private static String prefix(Instant startedAt) {
    return startedAt.toString().replace(':', '-');
  }

  private static <T> @Nullable T found(Run run, Function<Solution, T> value) {
    return run.result().found().map(value).orElse(null);
  }

  private static <T> @Nullable T told(Run run, Function<TreeHead, T> value) {
    return run.result().evidence().tree().map(value).orElse(null);
  }

  private static <T> @Nullable T planned(Run run, Function<Expectation, @Nullable T> value) {
    return run.planned().map(value).orElse(null);
  }

  private static @Nullable Double nullable(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** For a search for the lowest hash: the expected work for a hash as low as its result. */
  private static double expectedHashes(Run run) {
    Target target =
        run.result()
            .found()
            .filter(found -> run.search().seeksLowestHash())
            .map(found -> Target.of(found.hash().toNumber()))
            .orElse(run.search().target());
    return 1 / target.probability();
  }
}
