package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.DeviceKernels;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The available kinds of devices. Loaded only if a name may be that of a device. */
final class Devices {
  private static final List<DeviceKernels> FOUND =
      ServiceLoader.load(DeviceKernels.class, Kernels.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /** Names of devices that are missing and logged. */
  private static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();

  private Devices() {}

  static List<String> kinds() {
    return FOUND.stream().flatMap(kernels -> kernels.names().stream()).toList();
  }

  /** Whether a name is that of a kind, optionally followed by a colon and an address. */
  static boolean isName(String name) {
    int colon = name.indexOf(':');
    return kinds().contains(kind(name))
        && (colon < 0 || name.substring(colon + 1).matches("[0-9]{1,4}"));
  }

  /** Returns the number of devices that a name denotes; 0 if they can't be opened. */
  static int count(String name) {
    int all = ofKind(kind(name)).count(kind(name));
    return all > 0 && name.indexOf(':') >= 0 ? 1 : all;
  }

  /**
   * Opens a device.
   *
   * @throws IllegalStateException if it is missing; the message is one line for users
   */
  static DeviceKernel open(String name) {
    String kind = kind(name);
    String address = name.length() == kind.length() ? "" : name.substring(kind.length() + 1);
    try {
      return ofKind(kind).open(kind, address);
    } catch (IllegalStateException e) {
      // Once, for an executor's log; the driver shows what choose returns.
      if (REFUSED.add(name)) {
        System.getLogger("io.goldennonce.kernel").log(Level.INFO, e.getMessage());
      }
      throw e;
    }
  }

  private static DeviceKernels ofKind(String kind) {
    return FOUND.stream().filter(any -> any.names().contains(kind)).findFirst().orElseThrow();
  }

  private static String kind(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
