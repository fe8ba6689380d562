package io.goldennonce.bitcoin;

import io.goldennonce.pow.BlockHeader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A block that was found for a node, and what the node made of it.
 *
 * @param network the chain it is for
 * @param height its height
 * @param header its header, which names it
 * @param block the whole block on the wire, in hex
 * @param workId what the node wants back with it; null if it wants nothing
 * @param searchId the search that found it
 * @param foundAt when
 * @param verdict what the node made of it
 * @param reason the node's own words for a refusal; null where there are none
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

  /** What a node made of a block. */
  public enum Verdict {
    /** Not known yet: to be offered. */
    PENDING,
    /** Taken, and on the node's best chain. */
    ACCEPTED,
    /** Not taken, or beside the best chain. */
    REFUSED,
    /** No node has judged it for a day, though one was asked. */
    ABANDONED
  }

  /** The same block with the node's verdict. */
  public Submission judged(Verdict newVerdict, @Nullable String newReason) {
    return new Submission(
        network, height, header, block, workId, searchId, foundAt, newVerdict, newReason);
  }
}
