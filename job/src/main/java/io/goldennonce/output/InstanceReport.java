package io.goldennonce.output;

import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.plan.Budget;
import io.goldennonce.plan.Executors;
import io.goldennonce.plan.Instance;
import io.goldennonce.plan.Odds;
import io.goldennonce.plan.Offer;
import io.goldennonce.plan.Plan;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Prices of the instance types in the settings, the cheapest per hash first. */
public final class InstanceReport {
  private final String pricesOf;
  private final String currency;
  private final List<Instance> instances;

  public InstanceReport(Configuration.Plan settings) {
    this.pricesOf = settings.pricesOf();
    this.currency = settings.currency();
    this.instances =
        settings.instances().entrySet().stream()
            .map(
                entry ->
                    new Instance(
                        entry.getKey(),
                        entry.getValue().units(),
                        entry.getValue().ratePerUnit(),
                        entry.getValue().pricePerHour(),
                        entry.getValue().rateIs()))
            .sorted(Comparator.comparingDouble(Instance::pricePerHash))
            .toList();
  }

  public List<Instance> all() {
    return instances;
  }

  /**
   * The cost of a plan on each instance type.
   *
   * @param confidence probability of success at which it stops, if it has no deadline
   * @param byRate whether to count machines by the plan's hash rate; if not, by its cores
   */
  public List<Offer> of(Plan plan, Executors kind, double confidence, boolean byRate) {
    return instances.stream()
        .map(
            instance -> {
              Odds odds = plan.forecast().odds();
              int count =
                  byRate
                      ? instance.countFor(plan.forecast().rate())
                      : instance.countForCores((long) plan.executors() * kind.cores());
              double stopAfter =
                  plan.deadline()
                      .map(time -> time.toNanos() * 1e-9)
                      .orElseGet(
                          () ->
                              plan.forecast().startup().toNanos() * 1e-9
                                  + Math.min(odds.hashesFor(confidence), odds.positions())
                                      / (count * instance.rate()));
              return instance.offer(odds, count, plan.forecast().startup(), stopAfter);
            })
        .toList();
  }

  /** Adds offers to a plan's JSON. */
  Fields addTo(Fields fields, List<Offer> offers) {
    return fields
        .with("prices_of", pricesOf)
        .with("currency", currency)
        .with("instances", offers.stream().map(InstanceReport::json).toList());
  }

  void print(List<Offer> offers, PrintWriter out) {
    out.println(
        "instance                 count  H/s each  rate       a block  found by then  mean cost"
            + "  cost at most");
    for (Offer offer : offers) {
      out.printf(
          Locale.ROOT,
          "%-22s %7d  %8s  %-9s %8s  %13s  %9.2f  %12.2f%n",
          offer.instance().name(),
          offer.count(),
          Quantities.si(offer.instance().rate(), ""),
          offer.instance().rateIs(),
          money(offer.costPerBlock()),
          Quantities.chance(offer.probability()),
          offer.meanCost(),
          offer.mostCost());
    }
    printNote(out);
  }

  /** Prints what a budget buys for a target. */
  public void printOffers(Budget budget, Odds odds, PrintWriter out, boolean json) {
    List<Offer> offers = instances.stream().map(instance -> budget.offer(instance, odds)).toList();
    if (json) {
      out.println(addTo(new Fields().with("budget", budget.money()), offers).toJson());
    } else {
      print(offers, out);
    }
  }

  /** Prints the greatest difficulty, in leading zero bits, that a budget reaches. */
  public void printDifficulties(
      Budget budget, double positions, double confidence, PrintWriter out, boolean json) {
    Map<String, Object> best = new LinkedHashMap<>();
    for (Instance instance : instances) {
      OptionalInt bits = budget.bestDifficulty(instance, positions, confidence);
      best.put(instance.name(), bits.isPresent() ? bits.getAsInt() : "none");
    }
    if (json) {
      out.println(
          new Fields()
              .with("budget", budget.money())
              .with("confidence", confidence)
              .with("prices_of", pricesOf)
              .with("currency", currency)
              .with("best_difficulty", best)
              .toJson());
      return;
    }
    out.println("instance                best difficulty");
    best.forEach((name, bits) -> out.printf("%-22s  %15s%n", name, bits));
    printNote(out);
  }

  private void printNote(PrintWriter out) {
    out.printf(
        "%nPrices in %s as of %s; they change. Prices and rates are set in plan.instances. Costs"
            + " per block are%nmeans, without start-up. Not included: the cluster's primary node,"
            + " disks and traffic.%n",
        currency, pricesOf);
  }

  /** An amount with at least two digits, from fractions of a cent to billions. */
  private static String money(double amount) {
    return amount >= 0.01 && amount < 100_000
        ? String.format(Locale.ROOT, "%.2f", amount)
        : String.format(Locale.ROOT, "%.2g", amount);
  }

  private static Fields json(Offer offer) {
    return new Fields()
        .with("instance", offer.instance().name())
        .with("count", offer.count())
        .with("rate", offer.instance().rate())
        .with("rate_is", offer.instance().rateIs())
        .with("cost_per_block", offer.costPerBlock())
        .with("probability", offer.probability())
        .with("mean_cost", offer.meanCost())
        .with("cost_at_most", offer.mostCost());
  }
}
