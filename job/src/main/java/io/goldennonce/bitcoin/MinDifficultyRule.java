package io.goldennonce.bitcoin;

import io.goldennonce.pow.CompactBits;
import java.time.Duration;
import java.util.Optional;

/**
 * The rule of test networks that a block may have difficulty 1 if its time is more than 20 minutes
 * after its parent's, except for the first block of a difficulty period.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0094.mediawiki">BIP 94</a>
 */
public final class MinDifficultyRule {
  /** Difficulty 1. */
  public static final CompactBits BITS = CompactBits.ofHex("1d00ffff");

  private static final Duration AFTER_PARENT = Duration.ofMinutes(20);

  /** Nodes take no block whose time is further ahead of their clock. */
  private static final Duration MAX_AHEAD = Duration.ofHours(2);

  private static final int PERIOD = 2016;

  private MinDifficultyRule() {}

  public static boolean isOn(Network network) {
    return network == Network.TESTNET3 || network == Network.TESTNET4;
  }

  /**
   * Moves a block's time forward to 20 minutes after its parent's, where that makes it easier.
   *
   * @param parentTime in seconds since 1970-01-01T00:00Z
   * @param clock the node's clock, in the same unit
   * @return empty if the rule does not apply to the block's height, or the time would be too far
   *     ahead of the clock
   */
  public static Optional<BlockPlan> applied(BlockPlan plan, long parentTime, long clock) {
    BlockPlan.Header header = plan.header();
    long time = Math.max(header.time(), parentTime + AFTER_PARENT.toSeconds() + 1);
    return plan.height() % PERIOD == 0 || time > clock + MAX_AHEAD.toSeconds()
        ? Optional.empty()
        : Optional.of(
            plan.withHeader(
                new BlockPlan.Header(header.version(), header.previousHash(), time, BITS)));
  }
}
