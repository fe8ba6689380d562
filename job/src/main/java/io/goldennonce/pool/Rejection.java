package io.goldennonce.pool;

import io.goldennonce.pow.Hash256;
import java.time.Instant;

/**
 * A record that is not a valid transaction.
 *
 * @param id the double SHA-256 of the record's bytes
 * @param position the offset of its first byte; in Parquet the row, counted from 0
 * @param reason the rule, and the value that breaks it
 * @param excerpt its first characters
 */
public record Rejection(
    Instant time, Hash256 id, String source, long position, String reason, String excerpt) {}
