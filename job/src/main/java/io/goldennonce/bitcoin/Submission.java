package io.goldennonce.bitcoin;

import io.goldennonce.pow.BlockHeader;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A block found for a node, and the node's verdict.
 *
 * @param header its header, which names it
 * @param block the whole block on the wire, in hex
 * @param workId the node's id of the work, returned with the block; null if there is none
 * @param foundAt when it was found
 * @param verdict the node's verdict
 * @param reason the node's reason for a refusal; null if there is none
 */
public record Submission(
    Network network,
    long height,
    BlockHeader header,
    String block,
    @Nullable String workId,
    String searchId,
    Instant foundAt,
    Verdict verdict,
    @Nullable String reason) {

  /** A node's verdict on a block. */
  public enum Verdict {
    /** Unknown; to be submitted. */
    PENDING,
    /** Accepted, and on the node's best chain. */
    ACCEPTED,
    /** Rejected, or not on the best chain. */
    REFUSED,
    /** Submitted, but without a verdict for a day. */
    ABANDONED;

    /** Returns its name in tables and messages. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the block with the node's verdict. */
  public Submission judged(Verdict newVerdict, @Nullable String newReason) {
    return new Submission(
        network, height, header, block, workId, searchId, foundAt, newVerdict, newReason);
  }
}
