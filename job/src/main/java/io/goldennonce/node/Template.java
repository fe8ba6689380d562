package io.goldennonce.node;

import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Hash256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node asks to be solved.
 *
 * @param plan the block
 * @param workId what the node wants back with a solution; null if it wants nothing
 * @param longPollId what to wait for news with; null if the node can't be waited for
 * @param freeVersionBits the bits of the version that a miner may set
 * @param receivedNanos when it came, by {@link System#nanoTime()}
 */
record Template(
    BlockPlan plan,
    @Nullable String workId,
    @Nullable String longPollId,
    int freeVersionBits,
    long receivedNanos) {
  /** The tip that it builds on. */
  Hash256 previous() {
    return plan.header().previousHash();
  }

  /** The lowest free bits of the version, as many as there are up to a number. */
  int versionMask(int bits) {
    return NonceTemplate.versionMask(freeVersionBits, bits);
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - receivedNanos >= age.toNanos();
  }
}
