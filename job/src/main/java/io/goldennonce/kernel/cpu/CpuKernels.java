package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.MessageDigestKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernels of the CPU. */
public final class CpuKernels {
  private CpuKernels() {}

  /**
   * Returns every kernel, usable or not, in order of expected speed (see {@code docs/kernels.md}):
   * 512-bit vectors with rotations; then loops and the SHA instructions, or vice versa if vectors
   * are known to be narrower; then the others. {@code MessageDigest}, which runs everywhere, is the
   * last.
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

  /** Returns which option enables the kernel expected to be fastest, if it is missing. */
  public static Optional<String> missingOption() {
    return VectorKernel.ROTATES ? VectorKernel.missingModule() : Optional.empty();
  }
}
