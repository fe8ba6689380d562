package io.goldennonce.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What a kernel did in some time.
 *
 * @param nonces nonces tried
 * @param processorNanos the thread's time on a processor, which unlike the clock's does not depend
 *     on what else the machine does
 */
record ScanTiming(long nonces, long processorNanos) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Scans for about so long, from nonce 0 on, for nothing that could be found. */
  static ScanTiming of(NonceScanner scanner, Duration duration) {
    long clock = System.nanoTime();
    long begin = now();
    ScanResult result =
        scanner.scan(
            0, 1L << 32, new byte[32], () -> System.nanoTime() - clock > duration.toNanos());
    return new ScanTiming(result.end(), now() - begin);
  }

  /** The current thread's time on a processor, or the clock's where the JVM can't tell. */
  static long now() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
