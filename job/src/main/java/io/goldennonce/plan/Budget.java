package io.goldennonce.plan;

import io.goldennonce.pow.Target;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * An amount of money to spend: on as many machines as it pays for until the deadline or, without
 * one, on a single machine for as long as it lasts.
 *
 * @param money more than 0, in the currency of the instances' prices
 * @param startup from the request to start until machines hash; it is paid for
 * @param deadline seconds from the request to start; infinite for none
 */
public record Budget(double money, Duration startup, double deadline) {
  private static final int HARDEST = 255;

  /** Returns what it buys of one machine type. */
  public Offer offer(Instance instance, Odds odds) {
    double machineSeconds = money / instance.pricePerSecond();
    return Double.isInfinite(deadline)
        ? instance.offer(odds, 1, startup, machineSeconds)
        : instance.offer(odds, (int) Math.floor(machineSeconds / deadline), startup, deadline);
  }

  /**
   * The largest number of leading zero bits that it finds with the given confidence; empty if it
   * pays for no hashes.
   *
   * @param positions of the keyspace
   * @param confidence more than 0 and less than 1
   */
  public OptionalInt bestDifficulty(Instance instance, double positions, double confidence) {
    for (int bits = HARDEST; bits >= 0; bits--) {
      Odds odds = Odds.of(Target.ofZeroBits(bits), positions);
      if (offer(instance, odds).probability() >= confidence) {
        return OptionalInt.of(bits);
      }
    }
    return OptionalInt.empty();
  }
}
