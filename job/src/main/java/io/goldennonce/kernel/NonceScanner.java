package io.goldennonce.kernel;

import java.util.function.BooleanSupplier;

/**
 * A kernel set up for one template. Not thread-safe: each thread has its own, and uses it for as
 * many scans as it likes.
 */
public interface NonceScanner {
  /**
   * Tries the nonces {@code from} (inclusive) to {@code to} (exclusive) in ascending order, until
   * one's hash is at or below {@code bound}.
   *
   * @param from 0 to {@code to}
   * @param to at most the template's {@code nonces()}
   * @param bound 32 bytes, an unsigned number with its most significant byte first; not kept
   * @param stop polled at least once a millisecond or so; once it is true the scan ends where it is
   */
  ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop);
}
