package io.goldennonce.kernel.gpu;

import com.sun.jna.Pointer;

/**
 * The driver's library, and what its errors mean.
 *
 * @param library all of it that is used
 */
record CudaDriver(CudaLibrary library) {
  /** Lets this thread's calls go to a context's device. */
  void use(Pointer context) {
    check("cuCtxSetCurrent", library.cuCtxSetCurrent(context));
  }

  /**
   * Checks what a call returned.
   *
   * @throws DeviceException if it is an error
   */
  void check(String call, int error) {
    if (error != 0) {
      throw new DeviceException(text(call, error));
    }
  }

  /** A line that says which call failed, and why. */
  String text(String call, int error) {
    Pointer[] text = new Pointer[1];
    boolean known = library.cuGetErrorString(error, text) == 0 && text[0] != null;
    return "CUDA's "
        + call
        + " failed with error "
        + error
        + (known ? " (" + text[0].getString(0) + ")" : "");
  }
}
