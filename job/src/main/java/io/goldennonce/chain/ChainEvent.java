package io.goldennonce.chain;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event as seen by one miner; others may report the same event.
 *
 * @param time the time it was seen
 * @param kind what has happened
 * @param subject the id of a transaction or the hash of a block as displayed, or the id of a search
 * @param height the block's height; null where there is no block
 * @param detail details as text: a transaction as a line of a pool, otherwise prose
 */
public record ChainEvent(
    Instant time, Kind kind, String subject, @Nullable Long height, String detail) {

  /** What has happened. */
  public enum Kind {
    /** A transaction is in the pool for the first time, and is valid. */
    TRANSACTION_ADDED,
    /** A search has found a block. */
    BLOCK_FOUND,
    /** A block that was found is stored in the table. */
    BLOCK_ADDED,
    /** A block is not, or no longer, on the best branch. */
    BLOCK_STALE,
    /** A search ended without a solution, which was still needed. */
    SEARCH_FAILED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static ChainEvent now(Kind kind, String subject, @Nullable Long height, String detail) {
    return new ChainEvent(Instant.now(), kind, subject, height, detail);
  }
}
