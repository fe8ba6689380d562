package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import java.time.Instant;

/**
 * A valid transaction of a pool.
 *
 * @param transaction it
 * @param id its id
 * @param written when the file that it was read from was last written to
 * @param readNanos when it was read, in {@link System#nanoTime()}
 */
public record Pooled(Transaction transaction, Hash256 id, Instant written, long readNanos) {}
