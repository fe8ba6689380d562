package io.goldennonce.warehouse;

import io.goldennonce.plan.Expectation;
import io.goldennonce.pow.Target;
import io.goldennonce.search.Found;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code searches}: one row a run, what was planned and what came of it. Columns that
 * came later are nullable, so that files written before read as if they held null there.
 */
public final class SearchTable {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "search_id STRING NOT NULL, command STRING NOT NULL, template STRING NOT NULL,"
              + " target STRING NOT NULL, keyspace_from BIGINT NOT NULL,"
              + " keyspace_to BIGINT NOT NULL, result STRING NOT NULL, outcome STRING NOT NULL,"
              + " position BIGINT, nonce BIGINT, hash STRING, hashes BIGINT NOT NULL,"
              + " hashes_exact BOOLEAN NOT NULL, hashes_at_most BIGINT NOT NULL,"
              + " resumed_hashes BIGINT NOT NULL, expected_hashes DOUBLE NOT NULL,"
              + " started_at TIMESTAMP NOT NULL, seconds DOUBLE NOT NULL,"
              + " stop_latency_ms DOUBLE, slots INT NOT NULL, kernel STRING,"
              + " application_id STRING NOT NULL, spark_version STRING NOT NULL,"
              + " planned_workers INT, planned_cores INT, planned_rate DOUBLE,"
              + " planned_limit_seconds DOUBLE, planned_probability DOUBLE,"
              + " planned_p50_seconds DOUBLE, planned_p95_seconds DOUBLE,"
              + " planned_p99_seconds DOUBLE, resumed_seconds DOUBLE");

  private static final String NAME = "searches";

  private final Warehouse warehouse;
  private final ParquetTable table;

  public SearchTable(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.table = warehouse.table(NAME);
  }

  /** The files of a warehouse's runs. */
  static List<FileStatus> files(Warehouse warehouse) {
    return warehouse.table(NAME).fileStatuses();
  }

  /**
   * One run.
   *
   * @param command the command that ran it
   * @param planned what was expected of it, if it was planned
   */
  public record Run(
      String command, SearchSpec search, SearchResult result, Optional<Expectation> planned) {}

  /**
   * Appends runs as one file.
   *
   * @param context the application that ran them
   * @param runs at least one
   */
  public void append(JavaSparkContext context, List<Run> runs) {
    String name = runs.get(0).result().startedAt().toString().replace(':', '-');
    table.append(name, runs.stream().map(run -> row(context, run)).toList(), SCHEMA);
  }

  /** When each solution was found, by its hash: the run's begin and the time that it took. */
  public Map<String, List<Instant>> foundAt(SparkSession session) {
    Map<String, List<Instant>> foundAt = new HashMap<>();
    for (Row row :
        read(session)
            .where("hash IS NOT NULL")
            .select("hash", "started_at", "seconds")
            .collectAsList()) {
      long nanos = Math.round(row.getDouble(2) * 1e9);
      foundAt
          .computeIfAbsent(row.getString(0), hash -> new ArrayList<>())
          .add(row.getTimestamp(1).toInstant().plusNanos(nanos));
    }
    return foundAt;
  }

  /** All runs. */
  Dataset<Row> read(SparkSession session) {
    return StoredTables.read(session, warehouse, NAME);
  }

  /** The last runs, the latest first; without Spark. */
  public List<RunSummary> last(int limit) {
    // A name begins with the time its run began.
    List<Path> files = new ArrayList<>(table.files());
    Collections.reverse(files);
    List<RunSummary> runs = new ArrayList<>();
    for (Path file : files.subList(0, Math.min(limit, files.size()))) {
      try {
        table.forEachRow(file, row -> runs.add(RunSummary.of(row)));
      } catch (IOException | RuntimeException e) {
        ParquetTable.skipDamaged(file, e);
      }
    }
    return runs;
  }

  private static Row row(JavaSparkContext context, Run run) {
    SearchSpec spec = run.search();
    SearchResult result = run.result();
    Optional<Expectation> planned = run.planned();
    var found = result.found();
    return RowFactory.create(
        spec.id(),
        run.command(),
        spec.template().canonicalText(),
        spec.target().toString(),
        spec.keyspace().from(),
        spec.keyspace().to(),
        lower(spec.mode()),
        lower(result.outcome()),
        found.map(Found::position).orElse(null),
        found.map(Found::nonce).orElse(null),
        found.map(solution -> solution.hash().toDisplay()).orElse(null),
        result.work().hashes(),
        result.work().isExact(),
        result.work().atMost(),
        result.work().resumed(),
        expectedHashes(spec, result),
        Timestamp.from(result.startedAt()),
        result.elapsed().toNanos() * 1e-9,
        result.stopLatency().map(Duration::toNanos).map(nanos -> nanos * 1e-6).orElse(null),
        result.slots(),
        result.kernel().orElse(null),
        context.sc().applicationId(),
        context.version(),
        planned.map(Expectation::workers).orElse(null),
        planned.map(Expectation::cores).orElse(null),
        planned.map(Expectation::rate).orElse(null),
        planned.map(Expectation::limit).map(SearchTable::nullable).orElse(null),
        planned.map(Expectation::probability).map(SearchTable::nullable).orElse(null),
        planned.map(Expectation::p50).orElse(null),
        planned.map(Expectation::p95).orElse(null),
        planned.map(Expectation::p99).orElse(null),
        result.work().resumedTime().toMillis() / 1000.0);
  }

  private static @Nullable Double nullable(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** Of a search for the lowest hash: to find one as low as it has found. */
  private static double expectedHashes(SearchSpec spec, SearchResult result) {
    Target target =
        result
            .found()
            .filter(found -> spec.seeksLowestHash())
            .map(found -> Target.of(found.hash().toNumber()))
            .orElse(spec.target());
    return 1 / target.probability();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
