package io.goldennonce.kernel;

import java.util.List;

/**
 * Provides kernels that run on devices other than the CPU. Loaded by {@code ServiceLoader} when one
 * of them is first requested.
 */
public interface DeviceKernels {
  /** Returns the names of the kinds of devices, as {@code --kernel} takes them. */
  List<String> names();

  /**
   * Returns the number of devices of a kind; 0 if they can't be opened.
   *
   * @param name one of {@link #names}
   */
  int count(String name);

  /**
   * Opens a device.
   *
   * @param name one of {@link #names}
   * @param address the device's index, from 0; empty to take turns
   * @throws IllegalStateException if there is none; the message is one line for users
   */
  DeviceKernel open(String name, String address);
}
