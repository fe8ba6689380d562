package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.kernel.KernelFailedException;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Finds what the self-test expects, and skips all other nonces in no time. */
final class FakeDevice implements DeviceKernel {
  /** More than the self-test scans at a time. */
  private static final long LONG = 1 << 18;

  private final NonceKernel reference = new MessageDigestKernel();
  private final Thread test = Thread.currentThread();
  private final List<FakeKernel.Range> ranges = new ArrayList<>();
  private final CountDownLatch compiled = new CountDownLatch(1);
  private boolean isBlind;
  private boolean isBinaryOnly;
  private boolean isThorough;
  private volatile long failsAt = Long.MAX_VALUE;

  /** Finds nothing at all. */
  FakeDevice blind() {
    isBlind = true;
    return this;
  }

  /** Hashes the nonces of long ranges as well. */
  FakeDevice thorough() {
    isThorough = true;
    return this;
  }

  FakeDevice binaryOnly() {
    isBinaryOnly = true;
    return this;
  }

  /** Lets the self-test begin. */
  FakeDevice compiled() {
    compiled.countDown();
    return this;
  }

  /** Is lost when it comes to a nonce. */
  void failAt(long nonce) {
    failsAt = nonce;
  }

  /** What the thread that made this device has scanned. */
  List<FakeKernel.Range> ranges() {
    return ranges;
  }

  @Override
  public String name() {
    return "device";
  }

  @Override
  public Optional<KernelDevice> device() {
    return Optional.of(new KernelDevice("device:0", "a device", false));
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return !isBinaryOnly || !template.encoding().isText();
  }

  @Override
  public String unsupported(NonceTemplate template) {
    return "text is not supported";
  }

  @Override
  public Object code(NonceTemplate template) {
    return template.encoding();
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return (from, to, bound, stop) -> {
      if (Thread.currentThread() == test) {
        ranges.add(new FakeKernel.Range(from, to));
      } else {
        awaitCompiled();
      }
      if (to > failsAt) {
        throw new KernelFailedException("the device is lost", failsAt, new IllegalStateException());
      }
      return isBlind || to - from >= LONG && !isThorough
          ? new ScanResult(to, false)
          : reference.scanner(template).scan(from, to, bound, stop);
    };
  }

  private void awaitCompiled() {
    try {
      compiled.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
