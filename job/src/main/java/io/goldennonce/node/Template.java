package io.goldennonce.node;

import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Hash256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A node's block template.
 *
 * @param workId the node's id, to submit with the block; null if it has none
 * @param longPollId the id for long polling; null if the node has none
 * @param freeVersionBits the version bits that a miner may set
 * @param receivedNanos when it was received, by {@link System#nanoTime()}
 */
record Template(
    BlockPlan plan,
    @Nullable String workId,
    @Nullable String longPollId,
    int freeVersionBits,
    long receivedNanos) {
  Template withPlan(BlockPlan other) {
    return new Template(other, workId, longPollId, freeVersionBits, receivedNanos);
  }

  /** Hash of the block that it builds on. */
  Hash256 previous() {
    return plan.header().previousHash();
  }

  /** Mask of the lowest free version bits, at most this many. */
  int versionMask(int bits) {
    return NonceTemplate.versionMask(freeVersionBits, bits);
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - receivedNanos >= age.toNanos();
  }
}
