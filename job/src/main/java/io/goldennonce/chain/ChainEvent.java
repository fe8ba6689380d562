package io.goldennonce.chain;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something has changed, as one miner saw it; others may see the same change too.
 *
 * @param time when it was seen
 * @param kind what has happened
 * @param subject to what: a transaction's id or a block's hash as they are shown, or a search's id
 * @param height the block's height; null where there is no block
 * @param detail more about it, as text: a transaction as a line of a pool, else words
 */
public record ChainEvent(
    Instant time, Kind kind, String subject, @Nullable Long height, String detail) {

  /** What has happened. */
  public enum Kind {
    /** A transaction is in the pool for the first time, and is valid. */
    TRANSACTION_ADDED,
    /** A search has found a block. */
    BLOCK_FOUND,
    /** A block that was found is kept in the table. */
    BLOCK_ADDED,
    /** A block is not on the best branch any more, or never came onto it. */
    BLOCK_STALE,
    /** A search ended without a solution that was still wanted. */
    SEARCH_FAILED;

    /** As tables say it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An event of now. */
  public static ChainEvent now(Kind kind, String subject, @Nullable Long height, String detail) {
    return new ChainEvent(Instant.now(), kind, subject, height, detail);
  }
}
