package io.goldennonce.cli.common;

import io.goldennonce.app.JobSession;
import io.goldennonce.app.Sizing;
import io.goldennonce.app.UsageException;
import io.goldennonce.config.Configuration;
import io.goldennonce.plan.Executors;
import io.goldennonce.plan.Odds;
import io.goldennonce.plan.Plan;
import io.goldennonce.pow.Target;
import io.goldennonce.spark.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the number of workers: given, or computed from a confidence and a deadline. */
public final class SizingOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Number of executors; with a local master, number of cores.")
  private @Nullable Integer workers;

  @Option(
      names = "--confidence",
      paramLabel = "PCT",
      converter = Percent.Converter.class,
      description =
          "Use as many executors as it takes to find a solution by --timeout with this"
              + " probability.")
  private @Nullable Percent confidence;

  @Mixin private RateOptions rates = new RateOptions();

  /**
   * Plans the workers of a search, if one of these options was given. Without {@code --rate},
   * measures this machine first; {@code --timeout} includes that time.
   *
   * @throws UsageException if the plan can't be met; says why, and what can
   */
  public Optional<Sizing> of(
      String command,
      Configuration configuration,
      SearchOptions options,
      Target target,
      double positions)
      throws InterruptedException {
    requireConsistent(options);
    if (workers == null && confidence == null) {
      return Optional.empty();
    }
    Instant ordered = Instant.now();
    Configuration.Plan settings = configuration.plan();
    Workers spark =
        JobSession.application(command, configuration).workers(settings.executorCores());
    if (workers != null) {
      Sizing.requireFits(spark, workers);
    }
    double rate = rates.rate(configuration.search().kernel(), settings.measureTime()).perSecond();
    Executors kind =
        new Executors(
            spark.cores(),
            rate,
            spark.isLocal() ? settings.localStartup() : settings.startup(),
            spark.max(settings.maxExecutors()));
    Optional<Instant> deadline = options.timeout().map(ordered::plus);
    Odds odds = Odds.of(target, positions);
    Plan plan = plan(odds, kind, spark, deadline.map(end -> Duration.between(Instant.now(), end)));
    return Optional.of(new Sizing(kind, plan, deadline, spark));
  }

  private void requireConsistent(SearchOptions options) {
    if (workers != null && confidence != null) {
      throw new UsageException("--workers and --confidence exclude each other");
    }
    UsageException.requireAtLeast(1, "--workers", workers);
    if (confidence != null && options.timeout().isEmpty()) {
      throw new UsageException("--confidence needs a deadline: give --timeout");
    }
  }

  private Plan plan(Odds odds, Executors kind, Workers spark, Optional<Duration> deadline) {
    if (confidence == null) {
      return Plan.of(odds, kind, workers == null ? 1 : workers, deadline);
    }
    Plan least = Plan.of(odds, kind, confidence.share(), deadline.orElseThrow());
    least
        .shortfall()
        .ifPresent(
            shortfall -> {
              throw new UsageException("--confidence: " + shortfall);
            });
    return Plan.of(odds, kind, spark.given(least.executors()), deadline);
  }
}
