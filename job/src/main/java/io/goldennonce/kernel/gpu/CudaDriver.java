package io.goldennonce.kernel.gpu;

import com.sun.jna.Pointer;

/** The driver's library, with error handling. */
record CudaDriver(CudaLibrary library) {
  /** Makes a context current in this thread. */
  void use(Pointer context) {
    check("cuCtxSetCurrent", library.cuCtxSetCurrent(context));
  }

  /**
   * Checks the result of a call.
   *
   * @throws DeviceException if it is an error
   */
  void check(String call, int error) {
    if (error != 0) {
      throw new DeviceException(text(call, error));
    }
  }

  /** Returns one line that says which call failed, and why. */
  String text(String call, int error) {
    Pointer[] text = new Pointer[1];
    boolean known = library.cuGetErrorString(error, text) == 0 && text[0] != null;
    String reason = known ? " (" + text[0].getString(0) + ")" : "";
    return "CUDA's " + call + " failed with error " + error + reason;
  }
}
