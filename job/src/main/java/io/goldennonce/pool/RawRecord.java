package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as its file's format gives it.
 *
 * @param position the offset of its first byte; in Parquet the row, counted from 0
 * @param transaction what it says, where that is valid
 * @param refused why it is not valid; null where it is
 * @param hash the double SHA-256 of its bytes, which names it where it is refused
 * @param excerpt how it begins
 */
record RawRecord(
    long position,
    @Nullable Transaction transaction,
    @Nullable String refused,
    Hash256 hash,
    String excerpt) {

  /** The refusal of this record, whether for its own reason or another one. */
  Rejection rejection(String source, String reason) {
    return new Rejection(Instant.now(), hash, source, position, reason, excerpt);
  }
}
