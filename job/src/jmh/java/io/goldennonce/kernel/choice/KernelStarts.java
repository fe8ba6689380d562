package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How fast a kernel is in fresh JVMs: for each start, the nonces of the first second, and for each
 * half second after it the rate, as nonces by the threads' time on a processor, times the threads. So
 * other load on the machine lowers the first, but hardly the rates.
 *
 * <p>Usage: {@code KernelStarts STARTS SECONDS THREADS KERNEL…}; the kernels take turns. The JVM's
 * own options are given to each start.
 */
public final class KernelStarts {
  private static final int HALF_SECONDS_AT_ONCE = 2;

  private KernelStarts() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int starts = Integer.parseInt(arguments[0]);
    if (starts == 0) {
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, error) -> {
            error.printStackTrace();
            System.exit(1);
          });
      scan(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), arguments[3]);
      return;
    }
    for (int start = 0; start < starts; start++) {
      for (int i = 3; i < arguments.length; i++) {
        startJvm(arguments[1], arguments[2], arguments[i]);
      }
    }
  }

  private static void startJvm(String seconds, String threads, String kernel)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelStarts.class.getName(), "0", seconds, threads, kernel));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    System.out.print(
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a start failed; run it with STARTS 0 to see why");
    }
  }

  private static void scan(int seconds, int threads, String kernel) throws InterruptedException {
    int slots = seconds * 2;
    long[][] tried = new long[threads][slots];
    long[][] nanos = new long[threads][slots];
    List<Thread> running = new ArrayList<>();
    String[] name = new String[1];
    long begin = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      int index = i;
      long from = (long) i << 30;
      Thread thread = new Thread(() -> name[0] = scan(kernel, from, tried[index], nanos[index], begin));
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    print(name[0], tried, nanos, slots);
  }

  private static String scan(
      String name, long from, long[] tried, long[] nanos, long begin) {
    byte[] header = new byte[80];
    new Random(1).nextBytes(header);
    NonceTemplate template = NonceTemplate.ofHeader(header);
    NonceKernel kernel = Kernels.choose(name, template).kernel();
    NonceScanner scanner = kernel.scanner(template);
    long at = from;
    for (int slot = 0; slot < tried.length; slot++) {
      long end = begin + (slot + 1) * 500_000_000L;
      long processor = ScanTiming.now();
      ScanResult result =
          scanner.scan(at, at + (1L << 30), new byte[32], () -> System.nanoTime() >= end);
      tried[slot] = result.end() - at;
      nanos[slot] = ScanTiming.now() - processor;
      at = result.end();
    }
    return kernel.name();
  }

  private static void print(String kernel, long[][] tried, long[][] nanos, int slots) {
    StringBuilder line = new StringBuilder(String.format("%-16s", kernel));
    double first = 0;
    for (int slot = 0; slot < slots; slot++) {
      double nonces = 0;
      double rate = 0;
      for (int i = 0; i < tried.length; i++) {
        nonces += tried[i][slot];
        rate += tried[i][slot] * 1e3 / Math.max(1, nanos[i][slot]);
      }
      first += nonces;
      if (slot == HALF_SECONDS_AT_ONCE - 1) {
        line.append(String.format("first second %5.2f M; MH/s", first / 1e6));
      } else if (slot >= HALF_SECONDS_AT_ONCE) {
        line.append(String.format(" %4.1f", rate));
      }
    }
    System.out.println(line);
  }
}
