package io.goldennonce.plan;

import io.goldennonce.pow.Target;

/**
 * The arithmetic of independent tries: each hash meets the target with the same probability {@code
 * p}. Everything goes through {@code log1p} and {@code expm1}, so that it holds from {@code p =
 * 2^-256} to 1.
 *
 * @param probability that one hash meets the target, more than 0 and at most 1
 * @param positions the number of hashes that can be tried, at least 1
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

  public static Odds of(Target target, double positions) {
    return new Odds(target.probability(), positions);
  }

  /** The mean number of hashes in an unbounded keyspace: {@code 1/p}. */
  public double expectedHashes() {
    return 1 / probability;
  }

  /** Returns the probability of a solution in a number of hashes or the whole keyspace. */
  public double chance(double hashes) {
    double tried = Math.min(hashes, positions);
    // The logarithm of a probability of 1 is infinite, and 0 times infinity is not a number.
    return tried <= 0 ? 0 : -Math.expm1(tried * Math.log1p(-probability));
  }

  /**
   * The smallest number of hashes that holds a solution with the given confidence; infinite if the
   * whole keyspace does not.
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
