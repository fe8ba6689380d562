package io.goldennonce.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kernel that may be chosen, or the reason why this JVM can't run it. */
final class KernelCandidate {
  private final String name;
  private final @Nullable NonceKernel kernel;
  private final @Nullable String refusal;
  private final boolean device;

  private KernelCandidate(
      String name, @Nullable NonceKernel kernel, @Nullable String refusal, boolean device) {
    this.name = name;
    this.kernel = kernel;
    this.refusal = refusal;
    this.device = device;
  }

  static KernelCandidate usable(NonceKernel kernel) {
    return new KernelCandidate(kernel.name(), kernel, null, false);
  }

  /**
   * A kernel that can't run here.
   *
   * @param line says why, and what to change
   */
  static KernelCandidate refused(String name, String line) {
    return new KernelCandidate(name, null, line, false);
  }

  /** A kernel that leaves the work to a device. */
  static KernelCandidate device(NonceKernel kernel) {
    return new KernelCandidate(kernel.name(), kernel, null, true);
  }

  /**
   * A device that is not there.
   *
   * @param line says why
   */
  static KernelCandidate noDevice(String name, String line) {
    return new KernelCandidate(name, null, line, true);
  }

  /** Whether a device does the work. */
  boolean isDevice() {
    return device;
  }

  String name() {
    return name;
  }

  Optional<NonceKernel> kernel() {
    return Optional.ofNullable(kernel);
  }

  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Why this kernel can't scan a template, if it can't: a line fit for users. */
  Optional<String> refusal(NonceTemplate template) {
    if (kernel != null && !kernel.supports(template)) {
      return Optional.of("kernel " + name + ": " + kernel.unsupported(template));
    }
    return refusal();
  }
}
