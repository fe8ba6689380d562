package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.MessageDigestKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernels of the processor. */
public final class CpuKernels {
  private CpuKernels() {}

  /**
   * Every kernel, usable or refused, in the order in which they are expected to be fast, see {@code
   * docs/kernels.md}: vectors of 512 bits with rotations, then loops and the SHA instructions, or
   * the other way round where vectors are known to be narrower, and the others. {@code
   * MessageDigest} is the last: it runs everywhere and scans every template.
   */
  public static List<KernelCandidate> candidates() {
    List<KernelCandidate> candidates = new ArrayList<>(VectorKernel.candidates());
    int first = VectorKernel.ROTATES ? 1 : 0;
    candidates.add(first, ShaKernel.candidate());
    candidates.add(
        VectorKernel.isNarrow() ? first + 1 : first, KernelCandidate.usable(new SuperwordKernel()));
    candidates.add(KernelCandidate.usable(new MessageDigestKernel()));
    return List.copyOf(candidates);
  }

  /** Why the kernel expected to be fastest is missing, and the option that brings it, if so. */
  public static Optional<String> missingOption() {
    return VectorKernel.ROTATES ? VectorKernel.missingModule() : Optional.empty();
  }
}
