package io.goldennonce.kernel.gpu;

/** A device, its driver or its library failed. The message is one line for users. */
final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeviceException(String message) {
    super(message);
  }
}
