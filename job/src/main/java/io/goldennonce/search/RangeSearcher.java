package io.goldennonce.search;

import io.goldennonce.kernel.Kernels;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.ScanResult;
import java.util.function.BooleanSupplier;

/**
 * Scans ranges of a search in one thread: cuts them at the variants' borders and runs the kernel.
 */
public final class RangeSearcher {
  private final SearchSpec spec;
  private final NonceKernel kernel;
  private final byte[] bound;

  /**
   * @param kernelName a kernel's name, or {@code auto}
   * @throws IllegalArgumentException if there is no such kernel, or it can't scan this template
   */
  public RangeSearcher(SearchSpec spec, String kernelName) {
    this.spec = spec;
    this.kernel = Kernels.choose(kernelName, spec.template().variant(0)).kernel();
    this.bound = spec.target().toBytes();
  }

  /** The chosen kernel's name. */
  public String kernel() {
    return kernel.name();
  }

  /**
   * Tries a range's positions in ascending order until one meets the target.
   *
   * @param stop once true, the scan ends within about a millisecond
   * @return how far it came, in positions
   */
  public ScanResult search(NonceRange range, BooleanSupplier stop) {
    long nonces = spec.template().noncesPerVariant();
    long position = range.from();
    while (position < range.to()) {
      long variant = position / nonces;
      long base = variant * nonces;
      long from = position - base;
      long to = Math.min(nonces, range.to() - base);
      var scanner = kernel.scanner(spec.template().variant(variant));
      ScanResult result = scanner.scan(from, to, bound, stop);
      position = base + result.end();
      if (result.hit() || result.end() < to) {
        return new ScanResult(position, result.hit());
      }
    }
    return new ScanResult(position, false);
  }
}
