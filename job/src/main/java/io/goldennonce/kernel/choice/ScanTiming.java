package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.ScanResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * How many nonces a scan tried, and how long it took.
 *
 * @param nonces nonces tried
 * @param processorNanos the thread's processor time in nanoseconds, which unlike elapsed time does
 *     not depend on the machine's other load
 */
record ScanTiming(long nonces, long processorNanos) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Scans for about this long, from nonce 0 on, with a bound that no hash meets. */
  static ScanTiming of(NonceScanner scanner, Duration duration) {
    long clock = System.nanoTime();
    long start = now();
    ScanResult result =
        scanner.scan(
            0, 1L << 32, new byte[32], () -> System.nanoTime() - clock > duration.toNanos());
    return new ScanTiming(result.end(), now() - start);
  }

  /** Millions of nonces per second of processor time. */
  double megahashes() {
    return nonces * 1e3 / Math.max(1, processorNanos);
  }

  /** The current thread's processor time in nanoseconds, or elapsed time where a JVM has none. */
  static long now() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
