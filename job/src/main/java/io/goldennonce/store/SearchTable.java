package io.goldennonce.store;

import io.goldennonce.plan.Expectation;
import io.goldennonce.search.Found;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.FileStatus;
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
              + " planned_p99_seconds DOUBLE");

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
   * Appends a run.
   *
   * @param command the command that ran it
   * @param planned what was expected of it, if it was planned
   */
  public void append(
      SparkSession session,
      String command,
      SearchSpec spec,
      SearchResult result,
      Optional<Expectation> planned) {
    String name = result.startedAt().toString().replace(':', '-');
    table.append(session, name, List.of(row(session, command, spec, result, planned)), SCHEMA);
  }

  /** All runs. */
  Dataset<Row> read(SparkSession session) {
    return StoredTables.read(session, warehouse, NAME);
  }

  private static Row row(
      SparkSession session,
      String command,
      SearchSpec spec,
      SearchResult result,
      Optional<Expectation> planned) {
    var found = result.found();
    return RowFactory.create(
        spec.id(),
        command,
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
        1 / spec.target().probability(),
        Timestamp.from(result.startedAt()),
        result.elapsed().toNanos() * 1e-9,
        result.stopLatency().map(Duration::toNanos).map(nanos -> nanos * 1e-6).orElse(null),
        result.slots(),
        result.kernel().orElse(null),
        session.sparkContext().applicationId(),
        session.version(),
        planned.map(Expectation::workers).orElse(null),
        planned.map(Expectation::cores).orElse(null),
        planned.map(Expectation::rate).orElse(null),
        planned.map(Expectation::limit).map(SearchTable::nullable).orElse(null),
        planned.map(Expectation::probability).map(SearchTable::nullable).orElse(null),
        planned.map(Expectation::p50).orElse(null),
        planned.map(Expectation::p95).orElse(null),
        planned.map(Expectation::p99).orElse(null));
  }

  private static @Nullable Double nullable(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
