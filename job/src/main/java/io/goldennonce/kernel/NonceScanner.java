package io.goldennonce.kernel;

import java.util.function.BooleanSupplier;

/** A kernel prepared for one template; reusable for any number of scans. Not thread-safe. */
public interface NonceScanner {
  /**
   * Tries the nonces {@code from} (inclusive) to {@code to} (exclusive) in ascending order, until a
   * hash is at or below {@code bound}.
   *
   * @param from 0 to {@code to}
   * @param to at most the template's {@code nonces()}
   * @param bound 32 bytes, an unsigned number, most significant byte first; not retained
   * @param stop polled about once per millisecond; ends the scan once true
   */
  ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop);
}
