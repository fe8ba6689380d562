package io.goldennonce.search;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import io.goldennonce.puzzle.TextTemplate;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What shares cost a kernel: the same positions with and without a share target in short turns, in
 * CPU time of the thread, which other work on the machine does not count in; for a device, in time
 * by the clock, or in CPU time of the process if its processor is the device (PoCL). Once with the share target of a range of one second, and once with shares so
 * frequent that the time for one can be told from the noise.
 *
 * <p>Usage: {@code ShareCost KERNEL header|text PAIRS [FREQUENT_BITS] [process]}.
 */
public final class ShareCost {
  private static final BlockHeader HEADER =
      BlockHeader.ofHex(
          "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
              + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");

  private static final double TURN_SECONDS = 0.05;

  /** Of the largest range of a wave, whatever it takes; see Allocation. */
  private static final int MOST_SHARES = 32;

  private final RangeSearcher searcher;
  private final LongSupplier nanos;
  private long size = 1 << 20;
  private long shares;

  private ShareCost(String kernel, SearchTemplate template, boolean process) {
    searcher =
        new RangeSearcher(SearchSpec.of(template, Target.ofZeroBits(256), ResultMode.ANY), kernel);
    if (process) {
      nanos = ShareCost::processNanos;
    } else if (kernel.startsWith("opencl") || kernel.startsWith("cuda")) {
      nanos = System::nanoTime;
    } else {
      nanos = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
    }
  }

  /** See the class. */
  public static void main(String[] arguments) {
    SearchTemplate template =
        arguments[1].equals("text")
            ? TextTemplate.ofText("COMSM0010cloud{nonce}")
                .messages(NonceEncoding.DECIMAL, HashFunction.SHA256D)
            : new HeaderTemplate(HEADER, 1);
    List<String> options = List.of(arguments).subList(3, arguments.length);
    boolean process = options.contains("process");
    ShareCost cost = new ShareCost(arguments[0], template, process);
    long start = System.nanoTime();
    while (System.nanoTime() - start < 12e9) { // until it is compiled and chosen
      cost.size = (long) (cost.rate(0, 1L << 30) * TURN_SECONDS) + 1;
    }
    int usual = Math.max(18, 63 - Long.numberOfLeadingZeros((long) (cost.size / TURN_SECONDS)) - 4);
    int frequent =
        options.stream().filter(option -> option.matches("\\d+")).mapToInt(Integer::parseInt)
            .findFirst().orElse(usual - 6);
    int pairs = Integer.parseInt(arguments[2]);
    cost.compare(arguments[1], pairs, usual);
    cost.compare(arguments[1], pairs, frequent);
  }

  private void compare(String messages, int pairs, int bits) {
    double[] ratios = new double[pairs];
    double[] rates = new double[pairs];
    shares = 0;
    for (int pair = 0; pair < pairs; pair++) {
      long from = (1L << 30) + 2 * size * pair;
      boolean first = pair % 2 == 0;
      double one = rate(first ? bits : 0, from);
      double other = rate(first ? 0 : bits, from);
      ratios[pair] = first ? one / other : other / one;
      rates[pair] = first ? other : one;
    }
    Arrays.sort(ratios);
    Arrays.sort(rates);
    double rate = rates[pairs / 2];
    double perSecond = rate * shares / ((double) size * pairs);
    double micros = (1 / ratios[pairs / 2] - 1) / perSecond * 1e6;
    System.out.printf(
        "%s, %s, %d turns of %d nonces: %.2f MH/s without shares, with %.0f per second %.4f of that"
            + " (quartiles %.4f, %.4f): %.1f us per share, %.3f %% with %d per second%n",
        searcher.kernel(),
        messages,
        2 * pairs,
        size,
        rate / 1e6,
        perSecond,
        ratios[pairs / 2],
        ratios[pairs / 4],
        ratios[3 * pairs / 4],
        micros,
        micros * MOST_SHARES / 1e4,
        MOST_SHARES);
  }

  /** CPU time of the process; the JDK's own is counted in steps of ten milliseconds. */
  private static long processNanos() {
    try (Memory time = new Memory(2L * Long.BYTES)) {
      int clock = 2; // CLOCK_PROCESS_CPUTIME_ID of Linux
      Function.getFunction("c", "clock_gettime").invokeInt(new Object[] {clock, time});
      return time.getLong(0) * 1_000_000_000L + time.getLong(Long.BYTES);
    }
  }

  private double rate(int bits, long from) {
    searcher.reset(bits);
    // The lowest hash finds its level, which costs the same with and without.
    searcher.search(new NonceRange(from, from + size / 8), () -> false);
    int before = searcher.shares().size();
    long start = nanos.getAsLong();
    searcher.search(new NonceRange(from + size / 8, from + size / 8 + size), () -> false);
    double rate = size * 1e9 / Math.max(1, nanos.getAsLong() - start);
    shares += searcher.shares().size() - before;
    return rate;
  }
}
