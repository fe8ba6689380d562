package io.goldennonce.search;

import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scans ranges of a search in one thread: splits them by variant, runs the kernel, and tracks the
 * lowest hash.
 *
 * <p>Tracking the lowest hash is nearly free: while it is above the target, the kernel looks for
 * hashes at or below it, and of {@code n} random numbers only about {@code ln n} are lower than all
 * before. It never looks below the target and the share target, so that it misses no share.
 */
public final class RangeSearcher {
  private final SearchSpec spec;
  private final NonceKernel kernel;

  private long variant = -1;
  private @Nullable NonceScanner scanner;
  private @Nullable LowestHash best;
  private Shares shares = Shares.NONE;
  private byte[] bound;

  /**
   * @param kernelName a kernel's name, or {@code auto}
   * @throws IllegalArgumentException if there is no such kernel
   */
  public RangeSearcher(SearchSpec spec, String kernelName) {
    this.spec = spec;
    this.kernel = Kernels.choose(kernelName, spec.template().variant(0)).kernel();
    this.bound = Target.ofZeroBits(0).toBytes();
  }

  /**
   * Forgets the lowest hash and the shares before another range. The kernel stays prepared.
   *
   * @param shareBits leading zero bits of a share, 1 to {@link Shares#MAX_BITS}; 0 for no shares,
   *     as before the first reset
   */
  public void reset(int shareBits) {
    best = null;
    shares = Shares.none(shareBits);
    bound = Target.ofZeroBits(0).toBytes();
  }

  public String kernel() {
    return kernel.name();
  }

  /** Returns the device that the kernel uses, or used until it was lost; empty for the CPU. */
  public Optional<KernelDevice> device() {
    return kernel.device();
  }

  /** Returns the lowest hash since this searcher was created or reset. */
  public Optional<LowestHash> best() {
    return Optional.ofNullable(best);
  }

  /** Returns the shares since this searcher was reset. */
  public Shares shares() {
    return shares;
  }

  /**
   * Scans a range in ascending order until a hash meets the target.
   *
   * @param stop polled about every millisecond; ends the scan once true
   * @return how far the scan came, in positions
   * @throws KernelFaultException if the kernel reports a hit that is none
   */
  public ScanResult search(NonceRange range, BooleanSupplier stop) {
    SearchTemplate template = spec.template();
    long position = range.from();
    while (position < range.to()) {
      long from = template.nonceAt(position);
      long left = template.firstNonce() + template.noncesPerVariant() - from;
      long to = from + Math.min(left, range.to() - position);
      ScanResult result = scanner(template.variantAt(position)).scan(from, to, bound, stop);
      position += result.end() - from;
      if (result.hit() && isSolution(position - 1)) {
        return new ScanResult(position, true);
      }
      if (!result.hit() && result.end() < to) {
        return new ScanResult(position, false);
      }
    }
    return new ScanResult(position, false);
  }

  /**
   * Verifies a hit of the kernel: the lowest hash so far, a share or both; returns whether it meets
   * the target.
   */
  private boolean isSolution(long position) {
    Hash256 hash = spec.distanceAt(position);
    Target limit = Target.of(new BigInteger(1, bound));
    if (!limit.isMetBy(hash)) {
      throw new KernelFaultException(kernel.name(), position);
    }
    best = LowestHash.of(best, new LowestHash(hash, position));
    shares = shares.plus(position, hash.leadingZeroBits());
    bound = highestOfInterest().toBytes();
    return spec.target().isMetBy(hash);
  }

  /** Returns the highest of the lowest hash, the target and the share target. */
  private Target highestOfInterest() {
    Target highest = spec.target();
    if (best != null) {
      highest = max(highest, Target.of(best.hash().toNumber()));
    }
    return shares.bits() == 0 ? highest : max(highest, Target.ofZeroBits(shares.bits()));
  }

  private static Target max(Target a, Target b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private NonceScanner scanner(long newVariant) {
    if (scanner == null || newVariant != variant) {
      variant = newVariant;
      scanner = kernel.scanner(spec.template().variant(newVariant));
    }
    return scanner;
  }
}
