package io.goldennonce.plan;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the executors of an application have cost so far, while they come and go. All times are from
 * one clock, in nanoseconds. Thread-safe.
 */
public final class Spending {
  private final Map<String, Present> present = new HashMap<>();
  private double executorSeconds;
  private double coreSeconds;
  private @Nullable Terms terms;

  /** An executor that is there. */
  private record Present(int cores, long since) {
    double seconds(long now) {
      return Math.max(0, now - since) * 1e-9;
    }
  }

  /**
   * The price of executors, and how much they may cost.
   *
   * @param limit more than 0; empty for no limit
   */
  public record Terms(Price price, String currency, OptionalDouble limit) {}

  /** What was spent up to a moment. */
  public record Spent(double amount, Terms terms) {
    public boolean isAll() {
      return terms.limit().isPresent() && amount >= terms.limit().getAsDouble();
    }
  }

  /** An amount of money as people read it. */
  public static String text(double amount, String currency) {
    return String.format(Locale.ROOT, "%.4g %s", amount, currency);
  }

  /** An executor has come; one that was there under this id is gone. */
  public synchronized void added(String executor, int cores, long now) {
    removed(executor, now);
    present.put(executor, new Present(cores, now));
  }

  /** An executor has gone; of an unknown one, nothing is counted. */
  public synchronized void removed(String executor, long now) {
    Present gone = present.remove(executor);
    if (gone != null) {
      executorSeconds += gone.seconds(now);
      coreSeconds += gone.cores() * gone.seconds(now);
    }
  }

  /** Sets the price, also of the time before. */
  public synchronized void pricedBy(Terms known) {
    terms = known;
  }

  /** What was spent until now; empty if no price is known. */
  public synchronized Optional<Spent> at(long now) {
    double executors = executorSeconds;
    double cores = coreSeconds;
    for (Present one : present.values()) {
      executors += one.seconds(now);
      cores += one.cores() * one.seconds(now);
    }
    return terms == null
        ? Optional.empty()
        : Optional.of(new Spent(terms.price().of(executors, cores), terms));
  }
}
