package io.goldennonce.kernel.gpu;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** A device, its driver or its library failed. The message is one line for users. */
final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeviceException(String message) {
    super(message);
  }

  /**
   * Loads a library.
   *
   * @throws DeviceException if it is missing or does not fit
   */
  static <T extends Library> T loading(String library, Class<T> functions) {
    try {
      return Native.load(library, functions);
    } catch (LinkageError e) {
      throw new DeviceException(library + " can't be loaded: " + reason(e));
    }
  }

  /** Returns why a library can't be loaded: JNA's message has one line per place that it tried. */
  private static String reason(LinkageError e) {
    return String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElseGet(() -> firstLine(e));
  }

  static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
