package io.goldennonce.plan;

import io.goldennonce.pow.Target;

/**
 * The arithmetic of independent tries: each hash meets the target with the same probability {@code
 * p}. Everything goes through {@code log1p} and {@code expm1}, so that it holds from {@code p =
 * 2^-256} to 1.
 *
 * @param probability that one hash meets the target, more than 0 and at most 1
 * @param positions how many hashes there are to try at most, at least 1
 */
public record Odds(double probability, double positions) {
  public Odds {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a probability must be more than 0 and at most 1, got " + probability);
    }
    if (!(positions >= 1)) {
      throw new IllegalArgumentException("a keyspace must hold 1 or more, got " + positions);
    }
  }

  /** The odds of a target in a keyspace of so many positions. */
  public static Odds of(Target target, double positions) {
    return new Odds(target.probability(), positions);
  }

  /** How many hashes it takes on average, where the keyspace has no end: {@code 1/p}. */
  public double expectedHashes() {
    return 1 / probability;
  }

  /** The probability that so many hashes, or all that the keyspace has, hold a solution. */
  public double chance(double hashes) {
    double tried = Math.min(hashes, positions);
    // The logarithm of a probability of 1 is infinite, and 0 times that no number.
    return tried <= 0 ? 0 : -Math.expm1(tried * Math.log1p(-probability));
  }

  /**
   * The fewest hashes that hold a solution with the given confidence; infinite where the whole
   * keyspace does not.
   *
   * @param confidence more than 0 and less than 1
   */
  public double hashesFor(double confidence) {
    double hashes = Math.max(1, Math.ceil(Math.log1p(-confidence) / Math.log1p(-probability)));
    return hashes <= positions ? hashes : Double.POSITIVE_INFINITY;
  }

  /** The probability that the whole keyspace holds no solution. */
  public double exhausted() {
    return Math.exp(positions * Math.log1p(-probability));
  }
}
