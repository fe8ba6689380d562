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
 * The workers that a command was planned with.
 *
 * @param kind what each of them is taken for
 * @param plan how many, and what to expect of them
 * @param deadline when the command stops, if it does
 * @param spark how Spark is asked for them
 */
public record Sizing(Executors kind, Plan plan, Optional<Instant> deadline, Workers spark) {

  /** Refuses a number of workers that the master can't give. */
  public static void requireFits(Workers spark, int workers) {
    UsageException.checked("--workers", () -> spark.requireFits(workers));
  }

  /** Lets an application start with them. */
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
        "planned: %d worker%s of %d core%s at %s a core%s, p50 %s, p95 %s",
        plan.executors(),
        plan.executors() == 1 ? "" : "s",
        kind.cores(),
        kind.cores() == 1 ? "" : "s",
        Quantities.si(kind.ratePerCore(), "H/s"),
        byDeadline,
        Quantities.time(plan.forecast().seconds(0.50)),
        Quantities.time(plan.forecast().seconds(0.95)));
  }

  /** What was to be expected of a run at its start. */
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
