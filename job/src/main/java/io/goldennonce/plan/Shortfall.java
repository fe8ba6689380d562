package io.goldennonce.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/**
 * Why a plan cannot be met.
 *
 * @param why the rule and the values
 * @param nearest the closest plan that can be met
 */
public record Shortfall(String why, String nearest) {
  static Shortfall keyspace(Odds odds, double confidence) {
    return new Shortfall(
        line(
            "all %.0f positions of the keyspace hold a solution with %s only, less than %s",
            odds.positions(), percent(odds.chance(odds.positions())), percent(confidence)),
        "a confidence of " + percent(odds.chance(odds.positions())) + ", or a larger keyspace");
  }

  static Shortfall startup(Forecast greatest, int executors, double confidence, Duration deadline) {
    return new Shortfall(
        line(
            "the start-up of %s uses up the deadline of %s",
            seconds(greatest.startup()), seconds(deadline)),
        inLongerTime(greatest, executors, confidence));
  }

  static Shortfall executors(
      Forecast greatest, double needed, int max, double confidence, Duration deadline) {
    double chance = greatest.chanceBy(deadline.toNanos() * 1e-9);
    return new Shortfall(
        line("it takes %s executors, and there are %d at most", whole(Math.ceil(needed)), max),
        line(
            "%s by the deadline with %d executors, or %s",
            percent(chance), max, inLongerTime(greatest, max, confidence)));
  }

  @Override
  public String toString() {
    return why + "; nearest: " + nearest;
  }

  private static String inLongerTime(Forecast greatest, int executors, double confidence) {
    return line(
        "%s in %s s with %d executors",
        percent(confidence), whole(Math.ceil(greatest.seconds(confidence))), executors);
  }

  private static String percent(double share) {
    return line("%.3g %%", 100 * share);
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString() + " s";
  }

  private static String whole(double number) {
    return line(number < 1e9 ? "%.0f" : "%.3g", number);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
