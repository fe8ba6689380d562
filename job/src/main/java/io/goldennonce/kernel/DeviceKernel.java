package io.goldennonce.kernel;

import java.util.Optional;

/**
 * A kernel that leaves the work to a device other than the processor. Its scanners throw {@link
 * KernelFailedException} when the device fails.
 */
public interface DeviceKernel extends NonceKernel {
  /** What the device's driver says of it, if it says anything. */
  default Optional<DeviceUsage> usage() {
    return Optional.empty();
  }

  /** Why it can't scan a template that it doesn't support: fit for users. */
  String unsupported(NonceTemplate template);

  /**
   * What is the same for all templates that run through the same program, which must be compiled
   * and tested once.
   *
   * @param template one that the kernel supports
   */
  Object code(NonceTemplate template);
}
