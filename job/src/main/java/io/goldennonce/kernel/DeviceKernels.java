package io.goldennonce.kernel;

import java.util.List;

/**
 * Kernels that leave the work to a device other than the processor; found by {@code ServiceLoader},
 * and not before one of them is asked for.
 */
public interface DeviceKernels {
  /** The names of the kinds of devices, as {@code --kernel} takes them. */
  List<String> names();

  /**
   * How many devices of a kind there are; 0 where they can't be opened.
   *
   * @param name one of {@link #names}
   */
  int count(String name);

  /**
   * Opens a device.
   *
   * @param name one of {@link #names}
   * @param address which of the devices of that kind, counted from 0; or empty for one after the
   *     other
   * @throws IllegalStateException if there is none; the message is one line, fit for users
   */
  DeviceKernel open(String name, String address);
}
