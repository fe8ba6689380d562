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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** What machines cost, by kind: the settings' table, with its day. */
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
                        entry.getValue().vcpus(),
                        entry.getValue().ratePerVcpu(),
                        entry.getValue().pricePerHour()))
            .toList();
  }

  public List<Instance> all() {
    return instances;
  }

  /**
   * What a plan costs on each kind.
   *
   * @param confidence until when it runs, where it has no deadline
   * @param byRate as many machines as make the plan's hashes a second; else as have its cores
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

  /** Adds them to a plan's JSON. */
  Fields addTo(Fields fields, List<Offer> offers) {
    return fields
        .with("prices_of", pricesOf)
        .with("currency", currency)
        .with("instances", offers.stream().map(InstanceReport::json).toList());
  }

  /** Prints them as a table. */
  void print(List<Offer> offers, PrintWriter out) {
    out.println("instance                 count  H/s each  found by then  mean cost  cost at most");
    for (Offer offer : offers) {
      out.printf(
          Locale.ROOT,
          "%-22s %7d  %8s  %13s  %9.2f  %12.2f%n",
          offer.instance().name(),
          offer.count(),
          Quantities.si(offer.instance().rate(), ""),
          Quantities.chance(offer.probability()),
          offer.meanCost(),
          offer.mostCost());
    }
    printNote(out);
  }

  /** What a budget buys for a target. */
  public void printOffers(Budget budget, Odds odds, PrintWriter out, boolean json) {
    List<Offer> offers = instances.stream().map(instance -> budget.offer(instance, odds)).toList();
    if (json) {
      out.println(addTo(new Fields().with("budget", budget.money()), offers).toJson());
    } else {
      print(offers, out);
    }
  }

  /** The most leading zero bits that a budget finds. */
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
        "%nPrices in %s of %s, which change, and rates that are estimates: the settings"
            + " plan.instances.%nWithout the cluster's primary node, disks and traffic.%n",
        currency, pricesOf);
  }

  private static Map<String, Object> json(Offer offer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("instance", offer.instance().name());
    fields.put("count", offer.count());
    fields.put("rate", offer.instance().rate());
    fields.put("probability", offer.probability());
    fields.put("mean_cost", offer.meanCost());
    fields.put("cost_at_most", offer.mostCost());
    return fields;
  }
}
