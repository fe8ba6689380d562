package io.goldennonce.kernel;

import java.util.function.BooleanSupplier;

/**
 * Scans with {@code MessageDigest} until a {@link WarmUp} has found a faster kernel, and goes on
 * with that one at the nonce it has come to.
 */
final class AdaptiveKernel implements NonceKernel {
  /** Nonces between two looks for a faster kernel: some milliseconds for {@code MessageDigest}. */
  private static final int COLD_SLICE = 1 << 14;

  /** Nonces between two looks at the fast kernel's rate: a tenth of a second. */
  private static final int WARM_SLICE = 1 << 22;

  /** Slices below this length say nothing about a rate. */
  private static final int MEASURABLE = 1 << 20;

  private final WarmUp warmUp;
  private final NonceKernel messageDigest;

  AdaptiveKernel(WarmUp warmUp, NonceKernel messageDigest) {
    this.warmUp = warmUp;
    this.messageDigest = messageDigest;
  }

  /**
   * The name of the kernel that does the work, or is about to; it changes if that one is given up.
   */
  @Override
  public String name() {
    return warmUp.kernelName();
  }

  /** Warms up, and gives the kernel that proved fast; takes some seconds once in a JVM. */
  NonceKernel warm() {
    warmUp.scanBegins();
    warmUp.scanEnds();
    return warmUp.first().join();
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return warmUp.supports(template);
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    if (!supports(template)) {
      throw new IllegalArgumentException(
          "kernel " + name() + " does not support encoding " + template.encoding());
    }
    return new Scanner(template);
  }

  private final class Scanner implements NonceScanner {
    private final NonceTemplate template;
    private NonceKernel kernel = messageDigest;
    private NonceScanner scanner;

    Scanner(NonceTemplate template) {
      this.template = template;
      this.scanner = messageDigest.scanner(template);
    }

    @Override
    public ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop) {
      warmUp.scanBegins();
      try {
        return scanInSlices(from, to, bound, stop);
      } finally {
        warmUp.scanEnds();
      }
    }

    private ScanResult scanInSlices(long from, long to, byte[] bound, BooleanSupplier stop) {
      for (long at = from; at < to; ) {
        change();
        long end = at + Math.min(slice(), to - at);
        boolean measured = kernel != messageDigest && !kernel.offloads() && end - at >= MEASURABLE;
        long begin = measured ? Slice.now() : 0;
        ScanResult result;
        try {
          result = scanner.scan(at, end, bound, stop);
        } catch (KernelFailedException e) {
          warmUp.failed(kernel, String.valueOf(e.getMessage()));
          at = e.end();
          continue;
        }
        if (result.hit() || result.end() < end) {
          return result;
        }
        if (measured) {
          warmUp.worked(kernel, end - at, Slice.now() - begin);
        }
        at = end;
      }
      return new ScanResult(to, false);
    }

    /** How many nonces to try before the next look for a faster kernel. */
    private long slice() {
      if (kernel == messageDigest) {
        return COLD_SLICE;
      }
      return kernel.offloads() ? Long.MAX_VALUE : WARM_SLICE;
    }

    /** Goes over to the kernel that is to be used now. */
    private void change() {
      NonceKernel wanted = warmUp.kernel().orElse(messageDigest);
      if (wanted != kernel) {
        kernel = wanted;
        scanner = wanted.scanner(template);
      }
    }
  }
}
