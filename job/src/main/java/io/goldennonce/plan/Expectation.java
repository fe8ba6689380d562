package io.goldennonce.plan;

import java.util.OptionalDouble;

/**
 * The expected results of a run, stored beside the actual ones. Times are seconds from the search's
 * start, without start-up; infinite if the keyspace is too small for them.
 *
 * @param workers executors planned
 * @param cores per executor
 * @param rate hashes per second of all of them
 * @param limit seconds that the deadline left the search at its start, if there was one
 * @param probability of a solution by then, if there was a deadline
 * @param p50 when half of such searches are done
 * @param p95 when 95 % of them are
 * @param p99 when 99 % of them are
 */
public record Expectation(
    int workers,
    int cores,
    double rate,
    OptionalDouble limit,
    OptionalDouble probability,
    double p50,
    double p95,
    double p99) {

  /** The expectation for a search that is about to start. */
  public static Expectation of(
      Odds odds, Executors kind, int workers, OptionalDouble secondsToDeadline) {
    double rate = workers * kind.rate();
    return new Expectation(
        workers,
        kind.cores(),
        rate,
        secondsToDeadline,
        secondsToDeadline.isPresent()
            ? OptionalDouble.of(odds.chance(rate * secondsToDeadline.getAsDouble()))
            : OptionalDouble.empty(),
        odds.hashesFor(0.50) / rate,
        odds.hashesFor(0.95) / rate,
        odds.hashesFor(0.99) / rate);
  }
}
