package io.goldennonce.output;

import io.goldennonce.monitor.Quantities;
import io.goldennonce.plan.CoreRate;
import io.goldennonce.plan.Executors;
import io.goldennonce.plan.Forecast;
import io.goldennonce.plan.Offer;
import io.goldennonce.plan.Plan;
import io.goldennonce.pow.Target;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Prints a plan.
 *
 * @param rate hash rate of a core, given or measured
 */
public record PlanReport(Plan plan, Executors kind, Target target, CoreRate rate) {

  public void print(PrintWriter out, boolean json, List<Offer> offers, InstanceReport instances) {
    if (json) {
      out.println(json(offers, instances).toJson());
    } else {
      out.println(text().toText());
      out.println();
      instances.print(offers, out);
    }
  }

  private Fields json(List<Offer> offers, InstanceReport instances) {
    Forecast forecast = plan.forecast();
    Fields fields =
        new Fields()
            .with("target", target.toString())
            .with("expected_hashes", forecast.odds().expectedHashes())
            .with("rate_per_core", rate.perSecond())
            .with("rate_measured", !rate.given())
            .with("executors", plan.executors())
            .with("cores_per_executor", kind.cores())
            .with("cores", cores())
            .with("startup_seconds", seconds(kind.startup()));
    plan.deadline()
        .ifPresent(
            time ->
                fields
                    .with("deadline_seconds", seconds(time))
                    .with("probability", forecast.chanceBy(seconds(time))));
    for (int percent : List.of(50, 95, 99)) {
      double seconds = forecast.seconds(percent / 100.0);
      // JSON has no infinity.
      if (Double.isFinite(seconds)) {
        fields.with("p" + percent + "_seconds", seconds);
      }
    }
    fields
        .with("exhausted_probability", forecast.odds().exhausted())
        .with("met", plan.shortfall().isEmpty());
    plan.shortfall()
        .ifPresent(
            shortfall ->
                fields.with("why_not", shortfall.why()).with("nearest", shortfall.nearest()));
    return instances.addTo(fields, offers);
  }

  private Fields text() {
    Forecast forecast = plan.forecast();
    Fields fields =
        new Fields()
            .with("target", target.toString())
            .with(
                "expected hashes",
                String.format(Locale.ROOT, "%.4g", forecast.odds().expectedHashes()))
            .with(
                "rate per core",
                Quantities.si(rate.perSecond(), "H/s")
                    + (rate.given() ? ", as given" : ", measured on this machine"))
            .with(
                plan.shortfall().isEmpty() ? "executors" : "nearest executors",
                "%s with %s each, %s in total"
                    .formatted(plan.executors(), Quantities.count(kind.cores(), "core"), cores()))
            .with("start-up", Quantities.time(seconds(kind.startup())));
    plan.deadline()
        .ifPresent(
            time ->
                fields
                    .with("deadline", Quantities.time(seconds(time)))
                    .with("found by then", Quantities.chance(forecast.chanceBy(seconds(time)))));
    for (int percent : List.of(50, 95, 99)) {
      double seconds = forecast.seconds(percent / 100.0);
      fields.with(
          "p" + percent + " time",
          Double.isFinite(seconds)
              ? Quantities.time(seconds)
              : "never: the keyspace is tried in "
                  + Quantities.time(forecast.odds().positions() / forecast.rate()));
    }
    return fields.with("keyspace exhausted", Quantities.chance(forecast.odds().exhausted()));
  }

  private long cores() {
    return (long) plan.executors() * kind.cores();
  }

  private static double seconds(Duration time) {
    return time.toNanos() * 1e-9;
  }
}
