package io.goldennonce.cli.plan;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.Percent;
import io.goldennonce.cli.common.RateOptions;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.cli.common.TargetOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.CalibrationReport;
import io.goldennonce.output.InstanceReport;
import io.goldennonce.output.PlanReport;
import io.goldennonce.plan.Budget;
import io.goldennonce.plan.Calibration;
import io.goldennonce.plan.CoreRate;
import io.goldennonce.plan.Executors;
import io.goldennonce.plan.Instance;
import io.goldennonce.plan.Odds;
import io.goldennonce.plan.Plan;
import io.goldennonce.plot.SizingPlot;
import io.goldennonce.pow.Target;
import io.goldennonce.search.table.PlannedRuns;
import io.goldennonce.warehouse.Warehouse;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sizes a search: executors, time, probability and cost; compares earlier plans with results. */
@Command(
    name = "plan",
    description = "Size a search: executors, time, probability and cost.",
    sortOptions = false)
public final class PlanCommand implements Callable<Integer> {
  /** As of the setting plan.executor-cores. */
  private static final int MAX_CORES = 1_024;

  /** Minimum duration of a run whose rate is plotted: shorter ones have hardly warmed up. */
  private static final double MEASURED_SECONDS = 5;

  @Mixin private CommonOptions common = new CommonOptions();

  @ArgGroup(exclusive = true)
  private @Nullable TargetOptions target;

  @Option(
      names = "--confidence",
      paramLabel = "PCT",
      defaultValue = "95",
      converter = Percent.Converter.class,
      description = "Probability of a solution by --timeout, in percent; default: 95.")
  private Percent confidence = new Percent(0.95);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = SearchOptions.TimeConverter.class,
      description = "Deadline, counted from the start command: 90s, 5m, 2h.")
  private @Nullable Duration timeout;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Conversely: what this many executors achieve.")
  private @Nullable Integer workers;

  @Option(
      names = "--budget",
      paramLabel = "MONEY",
      description =
          "Conversely: what this much money buys; without a target, the difficulty that it can"
              + " reach.")
  private @Nullable Double budget;

  @Mixin private RateOptions rates = new RateOptions();

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Cores per executor; default: the setting plan.executor-cores.")
  private @Nullable Integer cores;

  @Option(
      names = "--startup",
      paramLabel = "TIME",
      converter = SearchOptions.TimeConverter.class,
      description = "Time until executors start hashing; default: the setting plan.startup.")
  private @Nullable Duration startup;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Number of positions in the keyspace; default: that of mine, 2^63 - 1.")
  private long positions = Long.MAX_VALUE;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Plot time to solution against number of executors, as a PNG file.")
  private @Nullable Path plot;

  @Option(
      names = "--calibrate",
      description = "Compare the warehouse's planned runs with their actual results.")
  private boolean calibrate;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = common.configuration();
    PrintWriter out = common.out();
    if (calibrate) {
      new CalibrationReport(calibration(configuration)).print(out, json);
      return ExitCode.OK.code();
    }
    requireConsistent();
    Configuration.Plan settings = configuration.plan();
    InstanceReport instances = new InstanceReport(settings);
    if (budget != null) {
      printBudget(instances, configuration, budget, out);
      return ExitCode.OK.code();
    }
    CoreRate rate = rates.rate(configuration.search().kernel(), settings.measureTime());
    Executors kind =
        new Executors(
            cores == null ? settings.executorCores() : cores,
            rate.perSecond(),
            startup(settings),
            settings.maxExecutors());
    Odds odds = Odds.of(target(configuration), positions);
    Optional<Duration> deadline = Optional.ofNullable(timeout);
    Plan plan =
        workers == null
            ? Plan.of(odds, kind, confidence.share(), deadline.orElseThrow())
            : Plan.of(odds, kind, workers, deadline);
    PlanReport report = new PlanReport(plan, kind, target(configuration), rate);
    report.print(
        out, json, instances.of(plan, kind, confidence.share(), workers == null), instances);
    if (plot != null) {
      new SizingPlot(odds, kind, plan.executors(), deadline, measured(configuration, kind))
          .write(plot);
    }
    plan.shortfall().ifPresent(shortfall -> common.message("can't be met: " + shortfall));
    return (plan.shortfall().isEmpty() ? ExitCode.OK : ExitCode.NOT_FOUND).code();
  }

  private void requireConsistent() {
    if (workers != null && budget != null) {
      throw new UsageException("--workers and --budget exclude each other");
    }
    if (workers == null && budget == null && timeout == null) {
      throw new UsageException("give --timeout, or else --workers or --budget");
    }
    UsageException.requireAtLeast(1, "--workers", workers);
    UsageException.requireWithin(1, MAX_CORES, "--cores", cores);
    UsageException.requireAtLeast(1, "--limit", positions);
    if (budget != null && !(budget > 0 && Double.isFinite(budget))) {
      throw new UsageException("--budget must be more than 0, got " + budget);
    }
    if (budget != null && plot != null) {
      throw new UsageException("--plot draws executors, which --budget does not plan");
    }
    Path folder = plot == null ? null : plot.toAbsolutePath().getParent();
    if (folder != null && !folder.toFile().isDirectory()) {
      throw new UsageException("--plot must be a file in an existing directory, got " + plot);
    }
    if (plot != null && (plot.toString().isEmpty() || plot.toFile().isDirectory())) {
      throw new UsageException("--plot must be a file, got the directory '" + plot + "'");
    }
  }

  /** The target in a header's precision, as for {@code mine}. */
  private Target target(Configuration configuration) {
    return (target == null
            ? TargetOptions.compact(configuration.chain().difficulty())
            : target.compact())
        .toTarget();
  }

  private Duration startup(Configuration.Plan settings) {
    return startup == null ? settings.startup() : startup;
  }

  private void printBudget(
      InstanceReport instances, Configuration configuration, double money, PrintWriter out) {
    double deadline = timeout == null ? Double.POSITIVE_INFINITY : timeout.toNanos() * 1e-9;
    Budget purse = new Budget(money, startup(configuration.plan()), deadline);
    for (Instance instance : instances.all()) {
      if (purse.offer(instance, new Odds(1, 1)).count() == 0) {
        common.message("the budget is too small for one " + instance.name() + " for this time");
      }
    }
    if (target == null) {
      instances.printDifficulties(purse, positions, confidence.share(), out, json);
    } else {
      instances.printOffers(purse, Odds.of(target(configuration), positions), out, json);
    }
  }

  private Calibration calibration(Configuration configuration) {
    try (JobSession session = JobSession.start("plan", configuration, true)) {
      Warehouse warehouse = session.storage().existingWarehouse();
      return Calibration.of(new PlannedRuns(warehouse).all());
    }
  }

  /** Rates of earlier runs in the warehouse, if there is one. */
  private List<SizingPlot.Point> measured(Configuration configuration, Executors kind) {
    try (JobSession session = JobSession.start("plan", configuration, true)) {
      return session
          .storage()
          .warehouseIfAny()
          .map(warehouse -> new PlannedRuns(warehouse).rates(MEASURED_SECONDS))
          .orElse(List.of())
          .stream()
          .map(
              measured ->
                  new SizingPlot.Point((double) measured.cores() / kind.cores(), measured.rate()))
          .toList();
    }
  }
}
