package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import java.time.Instant;

/**
 * A valid transaction of a pool.
 *
 * @param written when its file was last modified
 * @param readNanos when it was read, by {@link System#nanoTime()}
 */
public record Pooled(Transaction transaction, Hash256 id, Instant written, long readNanos) {}
