package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import java.util.Optional;

/**
 * A kernel that this JVM can run, or the reason why it can't.
 *
 * @param name the kernel's name
 * @param kernel empty if this JVM can't run it
 * @param refusal why it can't, and what to change: one line for users
 */
public record KernelCandidate(String name, Optional<NonceKernel> kernel, Optional<String> refusal) {
  static KernelCandidate usable(NonceKernel kernel) {
    return new KernelCandidate(kernel.name(), Optional.of(kernel), Optional.empty());
  }

  static KernelCandidate refused(String name, String line) {
    return new KernelCandidate(name, Optional.empty(), Optional.of(line));
  }
}
