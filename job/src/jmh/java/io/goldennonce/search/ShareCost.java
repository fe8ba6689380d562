package io.goldennonce.search;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What shares cost a kernel: the same ranges with and without a share target in turns, in CPU time
 * of the thread, which other work on the machine does not count in.
 *
 * <p>Usage: {@code ShareCost KERNEL PAIRS BITS...}.
 */
public final class ShareCost {
  private static final BlockHeader HEADER =
      BlockHeader.ofHex(
          "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
              + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");

  private ShareCost() {}

  /** See the class. */
  public static void main(String[] arguments) {
    SearchSpec spec =
        SearchSpec.of(new HeaderTemplate(HEADER, 1), Target.ofZeroBits(256), ResultMode.ANY);
    RangeSearcher searcher = new RangeSearcher(spec, arguments[0]);
    int pairs = Integer.parseInt(arguments[1]);
    long size = 1 << 22;
    for (int warmUp = 0; warmUp < 12; warmUp++) {
      size = (long) Math.min(1 << 28, rate(searcher, 0, size) * 0.5);
    }
    for (int i = 2; i < arguments.length; i++) {
      int bits = Integer.parseInt(arguments[i]);
      double[] ratios = new double[pairs];
      double[] rates = new double[pairs];
      for (int pair = 0; pair < pairs; pair++) {
        boolean first = pair % 2 == 0;
        double one = rate(searcher, first ? bits : 0, size);
        double other = rate(searcher, first ? 0 : bits, size);
        ratios[pair] = first ? one / other : other / one;
        rates[pair] = first ? other : one;
      }
      Arrays.sort(ratios);
      Arrays.sort(rates);
      System.out.printf(
          "%s, %d nonces, share bits %d: %.2f MH per CPU second without, with them %.4f of that"
              + " (quartiles %.4f, %.4f)%n",
          searcher.kernel(),
          size,
          bits,
          rates[pairs / 2] / 1e6,
          ratios[pairs / 2],
          ratios[pairs / 4],
          ratios[3 * pairs / 4]);
    }
  }

  private static double rate(RangeSearcher searcher, int bits, long size) {
    searcher.reset(bits);
    // The lowest hash finds its level, which costs the same with and without.
    searcher.search(new NonceRange(0, size / 8), () -> false);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    searcher.search(new NonceRange(size / 8, size / 8 + size), () -> false);
    return size * 1e9 / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
  }
}
