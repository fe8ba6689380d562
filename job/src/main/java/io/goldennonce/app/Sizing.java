package io.goldennonce.app;

import io.goldennonce.monitor.Quantities;
import io.goldennonce.plan.Executors;
import io.goldennonce.plan.Expectation;
import io.goldennonce.plan.Odds;
import io.goldennonce.plan.Plan;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.spark.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The planned workers of a command.
 *
 * @param kind cores and rate of each
 * @param plan their number and the forecast
 * @param deadline when the command stops, if it does
 * @param spark how to request them from Spark
 */
public record Sizing(Executors kind, Plan plan, Optional<Instant> deadline, Workers spark) {

  /** Refuses a number of workers that the master can't provide. */
  public static void requireFits(Workers spark, int workers) {
    UsageException.checked("--workers", () -> spark.requireFits(workers));
  }

  /** Makes an application start with these workers. */
  void require(SparkApplication application) {
    application.require(spark, plan.executors());
  }

  /** The plan in one line, for people. */
  String line() {
    String byDeadline =
        plan.deadline()
            .map(
                time ->
                    String.format(
                        Locale.ROOT,
                        ", %.1f %% by the deadline",
                        100 * plan.forecast().chanceBy(time.toNanos() * 1e-9)))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "planned: %s of %s at %s per core%s, p50 %s, p95 %s",
        Quantities.count(plan.executors(), "worker"),
        Quantities.count(kind.cores(), "core"),
        Quantities.si(kind.ratePerCore(), "H/s"),
        byDeadline,
        Quantities.time(plan.forecast().seconds(0.50)),
        Quantities.time(plan.forecast().seconds(0.95)));
  }

  /** The forecast for a run at its start. */
  Expectation expected(SearchSpec search, SearchResult result) {
    Odds odds = Odds.of(search.target(), Math.max(1, search.keyspace().size()));
    OptionalDouble limit =
        deadline
            .map(end -> Duration.between(result.startedAt(), end).toNanos() * 1e-9)
            .map(seconds -> OptionalDouble.of(Math.max(0, seconds)))
            .orElseGet(OptionalDouble::empty);
    return Expectation.of(odds, kind, plan.executors(), limit);
  }
}
