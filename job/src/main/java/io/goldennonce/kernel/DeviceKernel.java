package io.goldennonce.kernel;

import java.util.Optional;

/**
 * A kernel that runs on a device other than the CPU. Its scanners throw {@link
 * KernelFailedException} when the device fails.
 */
public interface DeviceKernel extends NonceKernel {
  /** Returns the usage reported by the device's driver, if any. */
  default Optional<DeviceUsage> usage() {
    return Optional.empty();
  }

  /** Returns why it can't scan a template that it does not support: one line for users. */
  String unsupported(NonceTemplate template);

  /**
   * Returns a key that is equal for all templates that run the same program, which is compiled and
   * tested once.
   *
   * @param template one that the kernel supports
   */
  Object code(NonceTemplate template);
}
