package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Scans with {@code MessageDigest} until a {@link KernelRace} has found a faster kernel, and
 * continues with that one at the next nonce. While two kernels are compared, it alternates between
 * them.
 */
final class AdaptiveKernel implements NonceKernel {
  /** Nonces between two checks for a faster kernel: some milliseconds for {@code MessageDigest}. */
  private static final int COLD_SLICE = 1 << 14;

  /** Nonces per turn while two kernels are compared: tens of milliseconds. */
  private static final int TURN = 1 << 20;

  /** Nonces between two measurements of the fast kernel: a tenth of a second. */
  private static final int WARM_SLICE = 1 << 22;

  private final KernelRace race;
  private final NonceKernel messageDigest;

  AdaptiveKernel(KernelRace race, NonceKernel messageDigest) {
    this.race = race;
    this.messageDigest = messageDigest;
  }

  /** Changes if the kernel fails or another proves faster. */
  @Override
  public String name() {
    return race.kernelName();
  }

  /** Returns the result of the race, once it is over. */
  String reason() {
    return race.decision().getNow("not compared yet");
  }

  /** Completes the race and returns the winner. Takes some seconds, once per JVM. */
  NonceKernel warm() {
    race.skipDelays();
    NonceTemplate template = race.template();
    NonceScanner scanner = scanner(template);
    while (!race.decision().isDone()) {
      scanner.scan(0, template.nonces(), new byte[32], race.decision()::isDone);
    }
    return race.leader().orElse(messageDigest);
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new Scanner(template);
  }

  private final class Scanner implements NonceScanner {
    private final NonceTemplate template;
    private final Map<NonceKernel, NonceScanner> scanners = new HashMap<>();

    /** Pairs of turns started; the leader goes first. */
    private int pairs;

    private boolean challengersTurn;
    private double leaderRate;

    Scanner(NonceTemplate template) {
      this.template = template;
    }

    @Override
    public ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop) {
      race.scanStarts();
      try {
        return scanInSlices(from, to, bound, stop);
      } finally {
        race.scanEnds();
      }
    }

    private ScanResult scanInSlices(long from, long to, byte[] bound, BooleanSupplier stop) {
      for (long at = from; at < to; ) {
        NonceKernel leader = race.leader().orElse(messageDigest);
        NonceKernel challenger = race.challenger().orElse(leader);
        boolean compares = challenger != leader;
        NonceKernel kernel = compares && challengersTurn ? challenger : leader;
        boolean isCold = kernel == messageDigest;
        long length = Math.min(compares ? TURN : isCold ? COLD_SLICE : WARM_SLICE, to - at);
        long start = isCold ? 0 : ScanTiming.now();
        ScanResult result = scanner(kernel).scan(at, at + length, bound, stop);
        if (result.hit() || result.end() < at + length) {
          return result;
        }
        at += length;
        if (!isCold && length >= TURN) {
          record(kernel, compares, new ScanTiming(length, ScanTiming.now() - start));
        }
      }
      return new ScanResult(to, false);
    }

    private void record(NonceKernel kernel, boolean compares, ScanTiming timing) {
      if (!compares) {
        race.record(kernel, timing);
        return;
      }
      if (!challengersTurn) {
        leaderRate = timing.megahashes();
      } else if (++pairs > KernelRace.UNCOUNTED_PAIRS) {
        race.compare(leaderRate, timing.megahashes());
      }
      challengersTurn = !challengersTurn;
    }

    private NonceScanner scanner(NonceKernel kernel) {
      return scanners.computeIfAbsent(kernel, each -> each.scanner(template));
    }
  }
}
