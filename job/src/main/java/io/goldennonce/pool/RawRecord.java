package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a file, valid or not.
 *
 * @param position the offset of its first byte; in Parquet the row, counted from 0
 * @param refused why it is not valid; null if it is
 * @param hash the double SHA-256 of its bytes, the id of a refused record
 */
record RawRecord(
    long position,
    @Nullable Transaction transaction,
    @Nullable String refused,
    Hash256 hash,
    String excerpt) {

  /** Refuses this record, for its own or another reason. */
  Rejection rejection(String source, String reason) {
    return new Rejection(Instant.now(), hash, source, position, reason, excerpt);
  }
}
