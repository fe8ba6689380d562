package io.goldennonce.app;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures the rate of a kernel, and its warm-up time. */
public final class KernelMeter {
  /** Share of the final rate that counts as warm. */
  private static final double WARM = 0.9;

  private static final Duration WINDOW = Duration.ofMillis(100);

  /** A device's launches take some 40 ms. */
  private static final Duration DEVICE_WINDOW = Duration.ofSeconds(1);

  /** A bound that no hash meets, so that every scan runs to its end. */
  private static final byte[] UNREACHABLE = new byte[32];

  private KernelMeter() {}

  /**
   * The result of a measurement.
   *
   * @param rate hashes per second of all threads, the median over the second half of the time
   * @param warmUpSeconds time until the rate was first within 10 % of that
   */
  public record Measurement(double rate, double warmUpSeconds) {}

  /** Scans for a time with a number of threads. */
  public static Measurement measure(
      NonceKernel kernel, NonceTemplate template, int threads, Duration time)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Duration window = kernel instanceof DeviceKernel ? DEVICE_WINDOW : WINDOW;
    int windows = Math.max(1, (int) (time.toMillis() / window.toMillis()));
    try {
      List<Callable<double[]>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long from = (template.nonces() / threads) * i;
        tasks.add(() -> rates(kernel, template, from, windows, window));
      }
      double[] sum = new double[windows];
      for (Future<double[]> task : pool.invokeAll(tasks)) {
        double[] rates = task.get();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += rates[i];
        }
      }
      return of(sum, window);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scan failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static double[] rates(
      NonceKernel kernel, NonceTemplate template, long from, int windows, Duration length) {
    NonceScanner scanner = kernel.scanner(template);
    double[] rates = new double[windows];
    long position = from;
    long piece = 1 << 12;
    // Pieces are short compared to the window, and long compared to a call.
    long mostNonces =
        Math.min(template.nonces(), kernel instanceof DeviceKernel ? 1L << 32 : 1 << 22);
    double pieceNanos = length.toNanos() / 20.0;
    for (int window = 0; window < rates.length; window++) {
      long hashes = 0;
      long start = System.nanoTime();
      long elapsed = 0;
      while (elapsed < length.toNanos()) {
        if (position > template.nonces() - piece) {
          position = 0;
        }
        long pieceStart = System.nanoTime();
        hashes +=
            scanner.scan(position, position + piece, UNREACHABLE, () -> false).end() - position;
        position += piece;
        long now = System.nanoTime();
        elapsed = now - start;
        double ideal = piece * pieceNanos / Math.max(1, now - pieceStart);
        piece = (long) Math.max(1 << 10, Math.min(mostNonces, ideal));
      }
      rates[window] = hashes * 1e9 / elapsed;
    }
    return rates;
  }

  private static Measurement of(double[] rates, Duration window) {
    double[] late = Arrays.copyOfRange(rates, rates.length / 2, rates.length);
    Arrays.sort(late);
    double rate = late[late.length / 2];
    int warm = 0;
    while (rates[warm] < WARM * rate) {
      warm++;
    }
    return new Measurement(rate, warm * window.toMillis() * 1e-3);
  }
}
