package io.goldennonce.chain;

import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Target;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * The difficulty adjustment of a chain: every {@code window} blocks the target is multiplied by the
 * time they took, divided by the time they should have taken, within a clamp and never above a
 * limit. {@link #FIXED} disables it.
 *
 * <p>The times are those of the window's first and last header, so that a window of 2016 blocks is
 * measured over 2015 intervals and compared with 2016 of them. This is Bitcoin's off-by-one error,
 * kept here so that its blocks verify.
 *
 * @param window blocks with the same bits: 0 for a fixed difficulty, else at least 2
 * @param interval target seconds per block, at least 1
 * @param clamp the largest change of a target at once, as a factor and as a divisor: at least 2
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/v28.0/src/pow.cpp">Bitcoin Core,
 *     CalculateNextWorkRequired</a>
 */
public record Retarget(int window, long interval, int clamp) implements Serializable {
  /** No rule: each miner chooses a block's bits, and the branch with the most work counts. */
  public static final Retarget FIXED = new Retarget(0, 1, 2);

  /** Bitcoin mainnet's rule: 2016 blocks of ten minutes, changing by a factor of at most four. */
  public static final Retarget BITCOIN = new Retarget(2016, 600, 4);

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException outside the ranges above
   */
  public Retarget {
    if (window != 0 && window < 2) {
      throw new IllegalArgumentException(
          "a retarget window must be 0 (fixed) or at least 2 blocks, got " + window);
    }
    if (interval < 1) {
      throw new IllegalArgumentException(
          "a block interval must be at least 1 second, got " + interval);
    }
    if (clamp < 2) {
      throw new IllegalArgumentException("a retarget clamp must be at least 2, got " + clamp);
    }
  }

  public boolean isFixed() {
    return window == 0;
  }

  /**
   * The height of the block whose time is needed for the bits of the block at a height: that of the
   * window's first one. Empty if the bits are the parent's, or if there is no rule.
   *
   * @param height of the next block, 0 or more
   */
  public OptionalLong windowStart(long height) {
    boolean changes = !isFixed() && height > 0 && height % window == 0;
    return changes ? OptionalLong.of(height - window) : OptionalLong.empty();
  }

  /**
   * The bits of the block after a full window.
   *
   * @param bits the bits of the window's blocks
   * @param firstTime the time of the window's first block, in seconds
   * @param lastTime the time of its last one, which may be before the first's
   * @param limit the easiest bits that the chain allows: Bitcoin's are {@code 1d00ffff}
   * @throws IllegalStateException if there is no rule
   */
  public CompactBits next(CompactBits bits, long firstTime, long lastTime, CompactBits limit) {
    if (isFixed()) {
      throw new IllegalStateException("a fixed difficulty has no next one");
    }
    BigInteger wanted = BigInteger.valueOf(interval).multiply(BigInteger.valueOf(window));
    BigInteger factor = BigInteger.valueOf(clamp);
    BigInteger took =
        BigInteger.valueOf(lastTime)
            .subtract(BigInteger.valueOf(firstTime))
            .max(wanted.divide(factor))
            .min(wanted.multiply(factor));
    // Bitcoin's product is cut at 256 bits, which no target under its limit comes near to.
    BigInteger target =
        bits.toTarget()
            .toNumber()
            .multiply(took)
            .divide(wanted)
            .max(BigInteger.ONE)
            .min(limit.toTarget().toNumber());
    return CompactBits.nearest(Target.of(target));
  }
}
