package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.ScanResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The number of nonces that a scan tried, and the time it took.
 *
 * @param processorNanos the thread's CPU time in nanoseconds, which does not depend on other load
 */
record ScanTiming(long nonces, long processorNanos) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Scans from nonce 0 for about a duration, with a bound that no hash meets. */
  static ScanTiming of(NonceScanner scanner, Duration duration) {
    long clock = System.nanoTime();
    long start = now();
    ScanResult result =
        scanner.scan(
            0, 1L << 32, new byte[32], () -> System.nanoTime() - clock > duration.toNanos());
    return new ScanTiming(result.end(), now() - start);
  }

  double megahashes() {
    return nonces * 1e3 / Math.max(1, processorNanos);
  }

  /** Returns the current thread's CPU time in nanoseconds, or elapsed time if not available. */
  static long now() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
