package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import java.util.ArrayList;
import java.util.List;

/** Finds what the self-test expects, and skips all other nonces in no time. */
final class FakeKernel implements NonceKernel {
  /** Nonces that were scanned. */
  record Range(long from, long to) {}

  private final String name;
  private final Thread test = Thread.currentThread();
  private final List<Range> ranges = new ArrayList<>();
  private boolean isBlind;
  private boolean isSlow;

  FakeKernel(String name) {
    this.name = name;
  }

  /** Finds nothing at all. */
  FakeKernel blind() {
    isBlind = true;
    return this;
  }

  /** Tries one nonce in all the time it is given. */
  FakeKernel slow() {
    isSlow = true;
    return this;
  }

  /** What the thread that made this kernel has scanned. */
  List<Range> ranges() {
    return ranges;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return (from, to, bound, stop) -> {
      if (Thread.currentThread() == test) {
        ranges.add(new Range(from, to));
      }
      if (to - from < 1000 && !isBlind) {
        return new MessageDigestKernel().scanner(template).scan(from, to, bound, stop);
      }
      while (isSlow && !stop.getAsBoolean()) {
        Thread.onSpinWait();
      }
      return new ScanResult(isSlow ? from + 1 : to, false);
    };
  }
}
