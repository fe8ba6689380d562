package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.SelfTest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Tests a kernel and runs it until it is compiled, which takes a second or two of CPU time. */
final class WarmUp {
  /** CPU time after which a kernel that is still slow has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The factor by which a kernel must be faster than {@code MessageDigest}, to exclude chance. */
  private static final double ADVANTAGE = 1.3;

  /** Number of consecutive slices without a better rate after which the rate is steady. */
  private static final int STEADY_SLICES = 10;

  /** The factor by which a rate must be higher to be better. */
  private static final double BETTER = 1.03;

  private static final Duration SLICE = Duration.ofMillis(20);

  private final NonceTemplate template;
  private final Duration patience;

  /** Millions of nonces per second of CPU time, as last measured. */
  private double messageDigestRate;

  WarmUp(NonceTemplate template, Duration patience) {
    this.template = template;
    this.patience = patience;
  }

  double messageDigestRate() {
    return messageDigestRate;
  }

  /**
   * Runs a kernel until it is faster than {@code MessageDigest}.
   *
   * @param steady whether to continue until its rate is steady
   * @return why it must not be used, if so
   */
  Optional<String> failure(NonceKernel kernel, boolean steady) {
    try {
      Optional<String> wrong = SelfTest.failure(kernel);
      return wrong.isPresent() ? wrong : slowness(kernel, steady);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("it ended with " + e);
    }
  }

  private Optional<String> slowness(NonceKernel kernel, boolean steady) {
    NonceScanner scanner = kernel.scanner(template);
    NonceScanner messageDigest = new MessageDigestKernel().scanner(template);
    double best = 0;
    double rate = 0;
    int slicesAtBest = 0;
    for (long spent = 0; spent < patience.toNanos(); ) {
      ScanTiming timing = ScanTiming.of(scanner, SLICE);
      spent += Math.max(1, timing.processorNanos());
      rate = timing.megahashes();
      slicesAtBest = rate > BETTER * best ? 0 : slicesAtBest + 1;
      best = Math.max(best, rate);
      if (rate > ADVANTAGE * messageDigestRate && (!steady || slicesAtBest >= STEADY_SLICES)) {
        messageDigestRate = ScanTiming.of(messageDigest, SLICE).megahashes();
        if (rate > ADVANTAGE * messageDigestRate) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "it reached %.1f MH/s, and MessageDigest %.1f MH/s",
            rate,
            messageDigestRate));
  }
}
