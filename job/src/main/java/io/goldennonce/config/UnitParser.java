package io.goldennonce.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations and numbers with units. Options and settings have the same syntax:
 *
 * <ul>
 *   <li>a duration is digits, with an optional fraction, and a unit: {@code ns}, {@code us}, {@code
 *       ms}, {@code s}, {@code m}, {@code h} or {@code d}, or its long name ({@code 2 hours});
 *       without a unit it is seconds;
 *   <li>a number is digits, with an optional fraction and exponent, and an optional {@code k},
 *       {@code M}, {@code G} or {@code T} for a power of 1000.
 * </ul>
 *
 * <p>Case counts: {@code 1D} is an error, as is {@code 3f}.
 */
public final class UnitParser {
  /** The rule of {@link #duration}. */
  public static final String DURATION_RULE =
      "must be a positive number with ms, s, m, h or d after it, such as 90s, or without a unit, in"
          + " seconds";

  /** The rule of {@link #number}. */
  public static final String NUMBER_RULE =
      "must be a number, optionally with k, M, G or T after it, such as 25M";

  /** Limits digits to more than any value in range needs. */
  private static final String DIGITS = "[0-9]{1,30}(?:\\.[0-9]{1,30})?";

  private static final Pattern DURATION = Pattern.compile("(" + DIGITS + ") ?([a-z]*)");
  private static final Pattern QUANTITY =
      Pattern.compile("(-?" + DIGITS + "(?:[eE]\\+?[0-9]{1,2})?)([kMGT]?)");

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,30}");

  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private UnitParser() {}

  /**
   * Reads a duration longer than 0 and shorter than 292 years.
   *
   * @throws IllegalArgumentException if it is not valid, with the rule and the value
   */
  public static Duration duration(String text) {
    Matcher form = DURATION.matcher(text);
    if (form.matches()) {
      String unit = form.group(2);
      long nanos = nanos(unit.length() > 2 ? unit.replaceFirst("s$", "") : unit);
      BigDecimal value = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(nanos));
      if (value.compareTo(BigDecimal.ONE) >= 0 && value.compareTo(MAX_NANOS) <= 0) {
        return Duration.ofNanos(value.longValue());
      }
    }
    throw new IllegalArgumentException("a time " + DURATION_RULE + ", got '" + text + "'");
  }

  /** Nanoseconds of a unit; 0 for an unknown one. */
  private static long nanos(String unit) {
    return switch (unit) {
      case "ns", "nano", "nanosecond" -> 1;
      case "us", "micro", "microsecond" -> 1_000;
      case "ms", "milli", "millisecond" -> 1_000_000;
      case "", "s", "second" -> 1_000_000_000;
      case "m", "minute" -> 60_000_000_000L;
      case "h", "hour" -> 3_600_000_000_000L;
      case "d", "day" -> 86_400_000_000_000L;
      default -> 0;
    };
  }

  /**
   * Reads a number.
   *
   * @throws IllegalArgumentException if it is not valid, with the rule and the value
   */
  public static BigDecimal number(String text) {
    Matcher form = QUANTITY.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("it " + NUMBER_RULE + ", got '" + text + "'");
    }
    int thousands = " kMGT".indexOf(form.group(2).isEmpty() ? " " : form.group(2));
    return new BigDecimal(form.group(1)).scaleByPowerOfTen(3 * thousands);
  }

  /**
   * Reads a whole number, maybe with a minus before it.
   *
   * @param most the greatest, in either direction
   * @throws IllegalArgumentException with the rule and the value if it is none
   */
  public static long whole(String text, long most) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("it must be a whole number, got '" + text + "'");
    }
    BigInteger value = new BigInteger(text);
    if (value.abs().compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException("it must be at most " + most + ", got '" + text + "'");
    }
    return value.longValue();
  }
}
