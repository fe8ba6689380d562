package io.goldennonce.monitor;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for people. */
public final class Quantities {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};
  private static final double YEAR = 365.25 * 86_400;

  private Quantities() {}

  /** Formats with a decimal prefix: {@code 12.3 M}. */
  public static String si(double value, String unit) {
    int prefix = 0;
    double scaled = value;
    while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    String digits = prefix == 0 || scaled >= 100 ? "%.0f" : scaled >= 10 ? "%.1f" : "%.2f";
    return (String.format(Locale.ROOT, digits, scaled) + " " + PREFIXES[prefix] + unit).strip();
  }

  /** Formats a number with a noun: {@code 1 fault}, {@code 2 faults}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Formats a probability: {@code 96.00 %}, or {@code 1 in 1.43e+07} if it is very small. */
  public static String chance(double probability) {
    return probability > 0 && probability < 0.0001
        ? String.format(Locale.ROOT, "1 in %.3g", 1 / probability)
        : String.format(Locale.ROOT, "%.2f %%", 100 * probability);
  }

  /** Formats seconds with at most two units: {@code 1 h 5 m}. */
  public static String time(double seconds) {
    if (Double.isNaN(seconds) || seconds > 1000 * YEAR) {
      return "ages";
    }
    if (seconds >= YEAR) {
      return String.format(Locale.ROOT, "%.1f years", seconds / YEAR);
    }
    Duration rounded = Duration.ofSeconds(Math.round(seconds));
    if (rounded.toDays() > 0) {
      return rounded.toDays() + " d " + rounded.toHoursPart() + " h";
    }
    if (rounded.toHours() > 0) {
      return rounded.toHours() + " h " + rounded.toMinutesPart() + " m";
    }
    if (rounded.toMinutes() > 0) {
      return rounded.toMinutes() + " m " + rounded.toSecondsPart() + " s";
    }
    return seconds < 10
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : rounded.toSeconds() + " s";
  }
}
