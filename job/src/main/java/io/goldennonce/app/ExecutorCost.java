package io.goldennonce.app;

import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.MonitorPlugin;
import io.goldennonce.output.Printable;
import io.goldennonce.plan.Price;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.SparkApplication;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the executors of this process's application cost, by its configuration. Stops when they have
 * cost as much as they may.
 */
final class ExecutorCost implements StopSignal {
  private final Optional<Spending.Terms> terms;

  private ExecutorCost(Optional<Spending.Terms> terms) {
    this.terms = terms;
  }

  /**
   * @throws UsageException if the price is unknown, or there is a limit but no price
   */
  static ExecutorCost of(Configuration.Plan plan, SparkApplication application) {
    return new ExecutorCost(terms(plan, application));
  }

  /** The application has started. */
  void started() {
    terms.ifPresent(known -> MonitorPlugin.monitor().orElseThrow().spending().pricedBy(known));
  }

  /** What they have cost so far; empty if their price is unknown, or they have not started. */
  Optional<Spending.Spent> spent() {
    return terms.isEmpty()
        ? Optional.empty()
        : MonitorPlugin.monitor().flatMap(monitor -> monitor.spending().at(System.nanoTime()));
  }

  @Override
  public Optional<StopReason> reason() {
    return spent().filter(Spending.Spent::isAll).map(all -> StopReason.COST_LIMIT);
  }

  /** The price of executors and the limit to their cost; empty if neither is given. */
  static Optional<Spending.Terms> terms(Configuration.Plan plan, SparkApplication application) {
    if (plan.price().isEmpty()) {
      if (plan.maxCost() > 0) {
        throw new UsageException(
            "--max-cost needs the price of an executor: give --price the type of its machine (one"
                + " of plan.instances), or an amount of "
                + plan.currency()
                + " per hour");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Spending.Terms(
            price(plan, application.gpusOfExecutor()),
            plan.currency(),
            plan.maxCost() > 0 ? OptionalDouble.of(plan.maxCost()) : OptionalDouble.empty()));
  }

  /**
   * @param gpus of an executor; empty in local mode, where a core drives a GPU
   */
  private static Price price(Configuration.Plan plan, OptionalInt gpus) {
    Configuration.Instance machine = plan.instances().get(plan.price());
    if (machine == null) {
      return new Price(amount(plan), 0);
    }
    double perUnit = machine.pricePerHour() / machine.units();
    return machine.hasGpus() && gpus.isPresent()
        ? new Price(perUnit * gpus.getAsInt(), 0)
        : new Price(0, perUnit);
  }

  private static double amount(Configuration.Plan plan) {
    double amount;
    try {
      amount = Double.parseDouble(plan.price());
    } catch (NumberFormatException e) {
      amount = Double.NaN;
    }
    if (amount > 0 && Double.isFinite(amount)) {
      return amount;
    }
    throw new UsageException(
        "--price must be an amount of %s per executor and hour, more than 0, or one of %s, got %s"
            .formatted(
                plan.currency(),
                String.join(", ", plan.instances().keySet()),
                Printable.of(plan.price())));
  }
}
